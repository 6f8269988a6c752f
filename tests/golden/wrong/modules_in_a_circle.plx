// RUN: plexus check %s
use circle_b
fn f(x: []) -> [] { g(x) }
