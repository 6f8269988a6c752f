// RUN: plexus check %s
axis a = 4, b = 5
fn f(x: [a]) -> [b] { x[a -> b] }
