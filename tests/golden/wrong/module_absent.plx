// RUN: plexus check %s
use nnn
fn f(x: []) -> [] { x }
