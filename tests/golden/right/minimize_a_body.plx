// RUN: plexus run %s
use optim
experiment e() {
  axis n = 3
  var x = ones[n] * 4.0
  var opt = sgd(lr: 0.25)
  let first = minimize {
    let d = x - real(n)
    sum[n](d * d)
  } over x using opt
  expect first == 16 + 9 + 4, "the loss before the step"
  expect all(x == values[n](2, 2.5, 3)), "half of the way: x - 0.25 * 2 (x - n)"
}
