// RUN: plexus run %s
// Two axes of a header are one outside: its interfaces tell them apart, in what is given for them too.
use nn
axis m = 3, batch = 2
block Twice[a, b, f: (block([a]) -> [b])](x: [a]) -> [b] { f(x) }
block B[h](x: [h]) -> [h] { x |> Twice[h, h, Linear[h -> h]] }
block Through[a, b, f: (block([a]) -> [b])](x: [a]) -> [b] { x |> Twice[a, b, f] }
fn applied[a, b](f: block([a]) -> [b], x: [a]) -> [b] { f(x) }
fn back[a, b](f: block([a]) -> [b], g: block([b]) -> [a], x: [a]) -> [a] { g(f(x)) }
fn slope[a, b](f: block([a]) -> [b], x: [a]) -> [a] { grad((v: [a]) => sum[b](f(v)))(x) }
experiment e() {
  let x = normal[batch, m]
  let lin = Linear[m -> m]
  let net = Twice[m, m, lin]
  expect norm(net(x) - lin(x)) == 0, "given in a bracket"
  let deep = Through[m, m, lin]
  expect norm(deep(x) - lin(x)) == 0, "and handed on"
  expect norm(applied[m, m](lin, x) - lin(x)) == 0, "given as an argument"
  expect norm(back[m, m](lin, (v: [m]) => 2 * v, x) - 2 * lin(x)) == 0, "there and back"
  expect norm(slope[m, m](lin, x) - grad((v: [m]) => sum(lin(v)))(x)) == 0, "differentiated"
  let b = B[m]
  print(count(b), norm(b(x)) > 0)
}
