// RUN: plexus run %s
// A block as the type of an argument: an instance at these axes, its leaves named as the signature names them.
use nn
axis a = 3, h = 4, n = 5
block Deep(x: [a]) -> [a] { x |> Linear[a -> h] as up |> tanh |> Linear[h -> a] as down }
fn loss(net: Deep, x: [n, a], y: [n, a]) -> [] { mean((net(x) - y)^2) }
fn sq[i](net: Linear[i -> i], x: [i]) -> [i] { net(net(x)) }
fn pass[i, o](net: Linear[i -> o], x: [i]) -> [o] { net(x) }
experiment main() {
  let x = normal[n, a] as x
  let y = normal[n, a] as y
  let net = Deep[]
  expect loss(net, x, y) == mean((net(x) - y)^2), "the same net"
  let g = grad(loss)(net, x, y)
  expect norm(g) > 0, "a gradient with respect to it"
  let l = Linear[a -> a] as l
  expect max(abs(sq[a](l, x) - l(l(x)))) == 0, "at one axis twice"
  expect max(abs(pass[a, a](l, x) - l(x))) == 0, "two header axes bound to one"
  let k = Linear[a -> h] as k
  expect max(abs(pass[a, h](k, x) - k(x))) == 0, "at two axes"
}
