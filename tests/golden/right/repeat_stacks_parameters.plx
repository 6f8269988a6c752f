// RUN: plexus run %s
use nn
block Deep[n, depth = 3](x: [n]) -> [n] {
  var h = x
  repeat layer in depth {
    h = h |> Linear[n -> n] as dense |> relu
  }
  h
}
experiment e() {
  axis n = 2
  let net = Deep[n]
  expect count(net) == 3 * (4 + 2), "each turn has parameters of its own"
  expect count(net.layer.dense.w) == 12, "stacked along the axis"
}
