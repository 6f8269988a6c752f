// RUN: plexus check %s
// What is given for an interface is checked against it, also where two axes of the header are one outside.
use nn
block Twice[a, b, f: (block([a]) -> [b])](x: [a]) -> [b] { f(x) }
block C[h, g](x: [h]) -> [h] { x |> Twice[h, h, Linear[h -> g]] }
block D[h, g](x: [h]) -> [h] { x |> Twice[h, h, Linear[g -> h]] }
fn applied[a, b](f: block([a]) -> [b], x: [a]) -> [b] { f(x) }
fn halved[h, g](x: [h]) -> [h] { applied[h, h]((v: [g]) => 0.5 * v, x) }
