// RUN: plexus check %s
axis a = 6, b = 2, c = 3
fn f(x: [a, b]) -> [b, c] { x[a -> (b, c)] }
