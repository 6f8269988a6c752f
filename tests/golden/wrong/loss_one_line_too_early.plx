// RUN: plexus check %s
use nn
use optim
axis n = 4, c = 2, batch = 8

experiment e() {
  var net = Linear[n -> c]
  var opt = sgd(lr: 0.1)
  for step in 0..10 {
    let pred = net(ones[batch, n])
    minimize mse(pred, zeros[batch, c]) over net using opt
  }
}
