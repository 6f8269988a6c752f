// RUN: plexus run %s
axis n = 2
fn f(x: [n]) -> [] { sum[n](x * x * x) }
fn pulled(x: [n]) -> ([], [n]) {
  let (y, back) = vjp(f, x)
  (y, back(1.0))
}
experiment e() {
  let x = values[n](1.0, 2.0)
  let (y, ct) = pulled(x)
  expect y == 9, "the value"
  expect all(ct == values[n](3, 12)), "the transpose at 1"
  let (z, dz) = jvp(f, x, values[n](1.0, 0.5))
  expect z == 9 and dz == 9, "3 * 1 + 12 * 0.5"
  let (v, g) = value_and_grad(f)(x)
  expect v == 9 and all(g == values[n](3, 12)), "both at once"
  expect all(grad((x: [n]) => sum[n](stop(x) * x))(x) == x), "stop ends a derivative"
}
