// RUN: plexus check %s
use nn
use optim
axis n = 4, c = 2, batch = 8

experiment e() {
  var opt = sgd(rate: 0.1)
  print(1)
}
