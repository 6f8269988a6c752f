// RUN: plexus run %s
use optim
experiment e() {
  axis n = 2
  var x = f64(ones[n])
  var opt = rmsprop(lr: 0.1, rate: 0.75)
  minimize sum[n](2 * x) over x using opt
  expect all(max(abs(x - 0.8)) < 1e-6), "1 - 0.1 * 2 / sqrt(0.25 * 4)"
  var y = f64(ones[n])
  var ada = adagrad(lr: 0.1)
  minimize sum[n](2 * y) over y using ada
  expect all(max(abs(y - 0.9)) < 1e-6), "1 - 0.1 * 2 / sqrt 4"
  var z = f64(ones[n])
  var lio = lion(lr: 0.1, decay: 0)
  minimize sum[n](2 * z) over z using lio
  expect all(max(abs(z - 0.9)) < 1e-6), "1 - 0.1 * sign"
  var w = f64(ones[n])
  var nes = sgd(lr: 0.1, momentum: 0.5, nesterov: true)
  minimize sum[n](2 * w) over w using nes
  expect all(max(abs(w - 0.7)) < 1e-6), "1 - 0.1 * (2 + 0.5 * 2)"
}
