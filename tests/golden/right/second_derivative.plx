// RUN: plexus run %s
experiment e() {
  let h = grad(grad((x: []) => x ^ 3))(f64(2))
  expect all(abs(h - 12) < 1e-12), "the second derivative of x^3 is 6 x"
}
