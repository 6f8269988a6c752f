// RUN: plexus check %s
use optim
block U(x: []) -> [] { param a: [] = 1
  a * x }
experiment e() {
  var net = U
  var opt = sgd(lr: 0.1)
  minimize net(2.0)^2 over net using opt
}
