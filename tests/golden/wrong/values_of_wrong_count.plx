// RUN: plexus check %s
axis row = 2, bit = 2
fn f(x: []) -> [] { x * sum(values[row, bit](0, 1, 1)) }
