// RUN: plexus check %s
axis a = 4, b = 4
fn f(x: [a], y: [b]) -> [a] { max(x, y) }
