// RUN: plexus run %s
use nn
experiment e() {
  axis h = 3, n = 2
  let net = Linear[h -> h]
  let y = net(ones[n, h])
  expect count(net) == 12, "Linear[h -> h] has a square matrix"
  expect sum[n, h](y * 0 + 1) == 6, "and gives h back"
}
