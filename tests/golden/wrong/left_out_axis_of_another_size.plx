// RUN: plexus check %s
use nn
axis h, w, c = 3, o = 4
block Strided(x: [c, h, w]) -> [o, h, w] { x |> Conv2d[.., cin: c, cout: o, step: 2] }
