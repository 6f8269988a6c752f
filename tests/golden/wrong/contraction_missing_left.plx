// RUN: plexus check %s
fn f[n, k](x: [n], y: [n, k]) -> [n] { x @[k] y }
