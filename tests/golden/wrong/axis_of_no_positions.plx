// RUN: plexus check %s
axis n = 0
fn f(x: [n]) -> [] { sum[n](x) }
