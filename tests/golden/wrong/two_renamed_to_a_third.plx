// RUN: plexus check %s
axis a = 3, b = 3, c = 3
fn f(m: [a, b]) -> [c] { m[a -> c, b -> c] }
