// RUN: plexus run %s
use nn
use optim as o
experiment e() {
  axis n = 2
  expect nn.gelu(0.0) == 0, "by the module's name"
  expect o.linear(5, 10) == 0.5, "or by another given to it"
}
