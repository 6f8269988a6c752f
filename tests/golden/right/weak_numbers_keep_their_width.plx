// RUN: plexus run %s
// A Runge-Kutta step of order four: halving the step divides the error by about 16, unless 1 / n was rounded to f32.
fn error_of[turns: int](start: []) -> [] {
  let h = 1.0 / turns
  var y = start
  for i in 0..turns {
    let k1 = y
    let k2 = y + h / 2 * k1
    let k3 = y + h / 2 * k2
    let k4 = y + h * k3
    y = y + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
  }
  abs(y - exp(start))
}
experiment e() {
  let ratio = error_of[40](f64(1)) / error_of[80](f64(1))
  expect ratio > 15.5 and ratio < 16.1, "the order is four"
}
