// RUN: plexus run %s
use nn
use optim
experiment fitted[n, c](net, x, y, steps: int = 400) {
  var m = net
  var opt = sgd(lr: 0.1)
  for step in 0..steps {
    minimize mse(m(x), y) over m using opt
  }
  m
}
experiment e() {
  axis sample = 8, n = 2, c = 1
  let x = real(sample * (1 - n) + sample mod 2 * 4 * n) / 8
  let y = 3 * x[n: 0][+c] - 2 * x[n: 1][+c] + 0.5
  let m = fitted[n, c](Linear[n -> c], x, y, steps: 2000)
  print(mse(m(x), y) < 1e-3)
  expect all(mse(m(x), y) < 1e-3), "a line is found"
}
