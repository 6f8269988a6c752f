// RUN: plexus run %s
// A branch is taken position by position; what a sum or an index takes in, it takes whole.
axis n = 4
fn share(x: [n]) -> [n] { if x > 0 then x / sum[n](x) else 0 }
fn other(x: [n]) -> [n] { if n == 0 then sqrt(x[n: 3])[+n] else sqrt(x) }
experiment main() {
  let x = values[n](-1.0, 1.0, 2.0, 4.0)
  expect max(abs(share(x) - values[n](0.0, 1.0 / 6, 2.0 / 6, 4.0 / 6))) < 1e-6, "the sum is over all of x"
  let y = other(x)
  expect y[n: 0] == 2 and y[n: 3] == 2, "an index looks elsewhere"
  let g = grad((z: [n]) => sum(if z > 0 then sqrt(z) else 0))(values[n](0.0, -1.0, 1.0, 4.0))
  expect max(abs(g - values[n](0.0, 0.0, 0.5, 0.25))) < 1e-6, "and the root is not looked at where it is not taken"
}
