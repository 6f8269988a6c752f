// RUN: plexus check %s
fn f(x: [], y: []) -> bool[] { x and y }
