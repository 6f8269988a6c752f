// RUN: plexus check %s
axis a = 4
fn g(x: [a]) -> [a] { x |> exp + 1 }
