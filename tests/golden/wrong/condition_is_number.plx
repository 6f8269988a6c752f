// RUN: plexus check %s
fn f(x: []) -> [] { if x then 1 else 2 }
