// RUN: plexus run %s
// What is a constant of the loss on purpose: under `stop`, whole numbers, a model of its own, what another part gave.
use nn
use optim
axis batch = 4, a = 2
experiment main() {
  let x = normal[batch, a] as x
  var net = Linear[a -> a]
  var other = Linear[a -> a] as second
  var target = net
  var opt = sgd(lr: 0.1)
  let before = stop(net(x))
  let side = argmax[a](net(x))
  let fake = other(x)
  let loss = minimize mse(net(x), before) + mean(cross_entropy[a](net(x), side)) + mse(net(x), target(x) + fake) over net using opt
  target = 0.5 * target + 0.5 * net
  let next = minimize mse(net(x), target(x)) over net using opt
  expect next > 0 and isfinite(loss), "they may be computed before"
}
