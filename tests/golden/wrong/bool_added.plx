// RUN: plexus check %s
fn f(x: [], c: bool[]) -> [] { x + c }
