// RUN: plexus run %s
use optim
experiment e() {
  axis n = 2
  var x = f64(ones[n])
  var opt = adamw(lr: 0.1, decay: 0.5)
  minimize sum[n](3 * x) over x using opt
  expect all(max(abs(x - 0.85)) < 1e-8), "1 - 0.1 * (1 + 0.5 * 1)"
  minimize sum[n](3 * x) over x using opt
  expect all(max(abs(x - 0.7075)) < 1e-8), "0.85 - 0.1 * (1 + 0.5 * 0.85)"
}
