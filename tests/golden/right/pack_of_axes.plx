// RUN: plexus run %s
use nn
experiment e() {
  axis a = 2, b = 3, c = 4, batch = 5
  let net = Linear[a, b -> c]
  expect count(net) == 2 * 3 * 4 + 4, "a pack is spread"
  let y = net(ones[batch, a, b])
  expect sum[batch, c](y * 0 + 1) == 20, "batch passes by"
  let bias = Linear[a]
  expect count(bias) == 2 + 1, "a pack may be empty"
  let into = Linear[a ->]
  let from = Linear[-> c]
  expect count(into) == 2 + 1 and count(from) == 4 + 4, "nothing beside the arrow is the empty pack"
  let z = from(into(ones[batch, a]))
  expect norm(z - (into.w @[a] ones[a] + into.b) * from.w - from.b) < 1e-6, "it may be either side"
}
