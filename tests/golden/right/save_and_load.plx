// RUN: plexus run %s
use nn
axis a = 3, b = 2
experiment e() {
  let net = Linear[a -> b]
  save(net, "net.safetensors")
  let again: Linear[a -> b] = load("net.safetensors")
  expect all(again.w == net.w) and all(again.b == net.b), "bit for bit"
}
