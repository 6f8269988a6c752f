// RUN: plexus check %s
axis a = 7, b = 2, c = 3
fn f(x: [a]) -> [b, c] { x[a -> (b, c)] }
