// RUN: plexus run %s
// A step of 1 / n in an f64 computation is not rounded on the way: the error of a Runge-Kutta method of order four falls
// by about 16 when the step is halved.
fn walk[steps](start: []) -> [] {
  let h = 1.0 / #steps
  let f = (u: []) => u * cos(u)
  var y = start
  for i in steps {
    let k1 = f(y)
    let k2 = f(y + h / 2 * k1)
    let k3 = f(y + h / 2 * k2)
    let k4 = f(y + h * k3)
    y = y + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
  }
  y
}
experiment main() {
  axis ten = 10, twenty = 20, many = 2000
  let exact = walk[many](f64(0.3))
  let ratio = abs(walk[ten](f64(0.3)) - exact) / abs(walk[twenty](f64(0.3)) - exact)
  expect abs(ratio - 15.8) < 0.1, "of order four"
}
