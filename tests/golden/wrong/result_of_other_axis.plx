// RUN: plexus check %s
fn f[n, m](x: [n]) -> [m] { sum[n](x) }
