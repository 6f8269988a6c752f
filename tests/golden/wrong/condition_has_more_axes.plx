// RUN: plexus check %s
axis a = 4, b = 4
fn f(x: [a], c: bool[b]) -> [a] { if c then x else 0 }
