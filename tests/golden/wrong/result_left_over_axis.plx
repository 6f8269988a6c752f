// RUN: plexus check %s
fn f[n, k](x: [n, k]) -> [n] { x * 2 }
