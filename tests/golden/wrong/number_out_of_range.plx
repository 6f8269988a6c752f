// RUN: plexus check %s
axis n = 4
fn f(x: [n]) -> [] { x[n: 4] }
