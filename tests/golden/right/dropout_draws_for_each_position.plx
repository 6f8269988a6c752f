// RUN: plexus run %s
use nn
use optim
block Net(x: []) -> [] {
  param w: [] = 1
  (w * x) |> Dropout(rate: 0.25)
}
experiment e() {
  axis n = 10000
  let still = ones[n] |> Dropout(rate: 0.25)
  expect all(still == 1), "nothing is dropped outside of training"
  var net = Net[]
  var opt = sgd(lr: 0)
  let share = minimize mean[n](net(ones[n])) over net using opt
  expect all(abs(share - 1) < 0.03), "what is left is scaled up"
}
