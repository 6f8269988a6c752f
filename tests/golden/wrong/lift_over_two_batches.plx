// RUN: plexus check %s
axis a = 4, b = 4
fn sub(x: [], y: []) -> [] { x - y }
fn f(x: [a], y: [b]) -> [a] { sub(x, y) }
