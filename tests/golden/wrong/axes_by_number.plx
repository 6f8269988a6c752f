// RUN: plexus check %s
axis n = 4
fn largest(x: [n]) -> [n] { max(x, axis: 0) }
fn averaged(x: [n]) -> [] { mean(x, dim: 0) }
fn summed(x: [n]) -> [] { sum(x, 0) }
fn exponential(x: [n]) -> [n] { exp(value: x) }
