// RUN: plexus check %s
// A parameter or state that is a record: its first value, what is supplied and what is assigned have its parts.
use nn
axis n = 3, m = 2
block OtherParts[n -> m](x: [n]) -> [m] {
  param w: (a: [n, m], b: [m]) = (a: zeros, c: zeros)
  x @[n] w.a + w.b
}
block OtherAxes[n -> m](x: [n]) -> [m] {
  param w: (a: [n, m], b: [m]) = (a: zeros, b: ones[n])
  x @[n] w.a + w.b
}
block HoldsModel[n](x: [n]) -> [n] {
  param w: (a: [n], l: Linear[n -> n])
  w.l(x)
}
block IsModel[n](x: [n]) -> [n] {
  param w: Linear[n -> n] = 3
  x
}
block TensorForAll[n](x: [n]) -> [n] {
  param w: (a: [n], b: [n]) = ones[n]
  x + w.a
}
optimizer holds_function(lr: real)[a...](p: [a...], g: [a...]) -> [a...] {
  state s: (v: [a...], f: block) = zeros
  p - lr * g
}
fn supplied[n](x: [n]) -> [n] { (Scale[n] with (w: (a: x)))(x) }
block Scale[n](x: [n]) -> [n] {
  param w: (a: [n], b: [n])
  x + w.a
}
experiment e() {
  var net = Scale[n]
  net.w = (a: zeros[n])
  let k = net with (w: (a: zeros[n], c: 0))
  let l = net with (w.q: 0)
  let q = net except net.w.q
}
