// RUN: plexus run %s
// Each position settles by itself: 1, 2, 3 after 1, 6, 7 turns; 0 / 0 never does, and is NaN alone. The derivative is
// the fixed point's, whatever the start.
axis n = 4, m = 3
fn root(a: []) -> [] {
  fix z = (z + a / z) / 2 from a within 1e-12 at most 50
}
fn root_from(a: [], start: []) -> [] {
  fix z = (z + a / z) / 2 from start within 1e-12 at most 50
}
fn turns(a: []) -> [] {
  var z = a
  var count = 0.0
  var more = true
  while more and count < 50 {
    let next = (z + a / z) / 2
    more = not (abs(next - z) <= 1e-12)
    z = next
    count += 1
  }
  count
}
experiment main() {
  let a = f64(values[n](1, 4, 9, 0))
  print(root(a))
  print(turns(a))
  let some = f64(values[m](1, 4, 9))
  let slope = grad(root)(a)
  print(isnan(slope))
  expect max(abs(grad(root)(some) - 0.5 / sqrt(some))) < 1e-12, "1/2, 1/4, 1/6"
  expect max(abs(grad(root_from)(some, 2.5) - 0.5 / sqrt(some))) < 1e-12, "whatever the start"
  let by_start = grad((s: [], x: []) => root_from(x, s))(f64(2.5), some)
  expect all(by_start == 0), "which has no part in it"
}
