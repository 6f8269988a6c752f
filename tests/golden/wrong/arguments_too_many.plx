// RUN: plexus check %s
fn double(x: []) -> [] { 2 * x }
fn f(x: []) -> [] { double(x, x) }
