// RUN: plexus run %s
// Layers are stacked by `repeat`, with paths of their own; an activation between changes no path: one net loads what the
// other saved.
use nn
axis depth = 3, a = 2
block Plain(x: [a]) -> [a] {
  var h = x
  repeat layer in depth { h = Linear[a -> a](h) }
  h
}
block Bent(x: [a]) -> [a] {
  var h = x
  repeat layer in depth { h = gelu(Linear[a -> a](h)) }
  h
}
experiment main() {
  let net = Plain[]
  save(net, "net.safetensors")
  let back: Bent = load("net.safetensors")
  axis entry = count(net)
  expect all(flatten[entry](back) == flatten[entry](net)), "layer.0.linear.w and so on"
  print(count(net))
}
