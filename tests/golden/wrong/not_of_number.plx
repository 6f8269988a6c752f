// RUN: plexus check %s
fn f(x: []) -> bool[] { not x }
