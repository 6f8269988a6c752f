// RUN: plexus check %s
fn f[n, k, m](x: [n]) -> [m] { x[k -> m] }
