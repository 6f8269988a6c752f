// RUN: plexus run %s
// Two calls in one loss: the second reads what the first wrote; it moves once for both, with `checkpoint`, too, and not
// at all outside of `minimize`. A trace's `after` is another model: the first one stays.
use optim
axis c = 2
block Count(x: [c]) -> [c] {
  buffer n: [] = 0
  param w: [c] = ones
  n = n + 1
  x * w * n
}
experiment main() {
  var net = Count[]
  var opt = sgd(lr: 0)
  let x = ones[c]
  let one = minimize sum(net(x)) over net using opt
  print(one, net.n)
  let two = minimize sum(net(x)) + sum(net(x)) over net using opt
  print(two, net.n)
  let again = minimize { checkpoint { sum(net(x)) + sum(net(x)) } } over net using opt
  print(again, net.n)
  let t = trace net(x)
  print(net(x), net.n, t.after.n)
  net = t.after
  print(net.n, count(net))
}
