// RUN: plexus check %s
axis k = 3
fn outer(x: []) -> [k] { x * real(k) }
fn f(x: [k]) -> [k] { outer(x) }
