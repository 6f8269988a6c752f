// RUN: plexus run %s
use optim
experiment e() {
  axis n = 2
  var x = ones[n]
  var opt = sgd(lr: 0.25)
  minimize sum[n](x) over x using opt
  expect all(x == 0.75), "1 - 0.25"
  opt.lr = 0.5
  minimize sum[n](x) over x using opt
  expect all(x == 0.25), "0.75 - 0.5"
}
