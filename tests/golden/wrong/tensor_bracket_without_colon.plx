// RUN: plexus check %s
fn f[n](x: [n]) -> [] { x[n] }
