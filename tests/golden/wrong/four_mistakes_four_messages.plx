// RUN: plexus check %s
axis a = 4, b = 4
fn one(x: [a], y: [b]) -> [a] { x + y }
fn two(x: [a]) -> [] { sum[b](x) }
fn three(x: [a]) -> [a] { x + offset }
fn four(x: [a]) -> [] { x[a: 9] }
