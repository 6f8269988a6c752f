// RUN: plexus check %s
fn total[n](x: [n]) -> [] { sum[n](x) }
axis n = 4
fn f(x: []) -> [] { total[n](x) }
