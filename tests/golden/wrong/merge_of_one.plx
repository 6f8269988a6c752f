// RUN: plexus check %s
axis a = 2, b = 3, c = 6
fn f(x: [a]) -> [c] { x[(a, b) -> c] }
