// RUN: plexus check %s
fn f(x: [], y: []) -> [] { x(y) }
