// RUN: plexus check %s
fn f(x: []) -> bool[] { x * 2 }
