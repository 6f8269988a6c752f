// RUN: plexus run %s
use nn
use optim
axis n = 4, c = 2, batch = 8

experiment e() {
  var net = Linear[n -> c]
  var opt = sgd(lr: 0.1)
  minimize sum(exp(1000 + net(ones[n]))) over net using opt
}
