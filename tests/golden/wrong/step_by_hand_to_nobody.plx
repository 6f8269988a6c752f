// RUN: plexus check %s
use nn
use optim
axis a = 3, b = 2

experiment e() {
  var net = Linear[a -> b]
  var opt = sgd(lr: 0.1)
  for turn in 0..5 {
    let (loss, g) = value_and_grad((m: Linear[a -> b]) => sum(m(ones[a]) ^ 2))(net)
    log(loss: loss)
    opt(net, g)
  }
}
