// RUN: plexus run %s
use optim
block Flag(x: []) -> [] {
  param w: [] = 1
  if training then 10 * w * x else w * x
}
experiment e() {
  var net = Flag[]
  var opt = sgd(lr: 0)
  expect net(1.0) == 1, "not outside"
  let loss = minimize net(1.0) over net using opt
  expect loss == 10, "inside"
}
