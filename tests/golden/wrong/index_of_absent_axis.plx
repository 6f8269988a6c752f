// RUN: plexus check %s
fn f[n, k](x: [n]) -> [] { x[k: 0] }
