// RUN: plexus run %s
// Figures of NumPy: the evidence and its derivative by the length.
fn kernel(a: [], b: [], len: []) -> [] { exp(-(a - b)^2 / (2 * len^2)) }
fn evidence[n](x: [n], y: [n], len: []) -> [] {
  let k = kernel(x[+n'], x[n -> n'][+n], len) + 0.1 * eye[n, n']
  let l = cholesky[n](k)
  let alpha = solve[n](k, y)
  -0.5 * (y @[n] alpha[n' -> n]) - sum[n](log(l[n': int(n)])) - 0.5 * #n * log(2 * pi)
}
experiment main() {
  axis n = 5
  let x = f64(linspace[n](0, 1))
  let y = sin(6 * x)
  expect abs(evidence[n](x, y, 0.3) + 5.469452207240735) < 1e-12, "the evidence"
  expect abs(grad((len: []) => evidence[n](x, y, len))(f64(0.3)) + 5.665563) < 1e-6, "its slope"
}
