// RUN: plexus run %s
use nn
axis a = 2, b = 3
block Net(x: [a]) -> [b] {
  let lift = x |> Linear[a -> b]
  lift |> Linear[b -> b] as mix |> LayerNorm[b]
}
experiment e() {
  let net = Net[]
  expect count(net.lift) == 9, "named after its let"
  expect count(net.mix.w) == 9, "named by as"
  expect count(net.layer_norm.scale) == 3, "else after its block"
}
