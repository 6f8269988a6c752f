// RUN: plexus run %s
// The long way of a training step: value_and_grad, then the optimizer as a function of the model and its gradient. It
// keeps its state; the model it is given stays as it was.
use nn
use optim
axis a = 3, b = 2, batch = 8
experiment main() {
  var net = Linear[a -> b]
  var other = net
  var opt = adamw(lr: 0.05)
  var same = adamw(lr: 0.05)
  let x = normal[batch, a] as x
  let y = normal[batch, b] as y
  let loss = (m) => mse(m(x), y)
  for i in 0..3 {
    let (l, g) = value_and_grad(loss)(net)
    let next = opt(net, g)
    expect loss(net) == l and loss(next) < l, "the old one stays"
    net = next
    minimize loss(other) over other using same
  }
  expect norm(net - other) < 1e-6, "as minimize does"
  var w = f64(ones[a])
  var down = sgd(lr: 0.25)
  w = down(w, grad((w) => sum(w * w))(w))
  print(w, 9007199254740993)
}
