// RUN: plexus check %s
axis n = 8
axis half = #n // 2
fn f(x: [half]) -> [half] { x }
