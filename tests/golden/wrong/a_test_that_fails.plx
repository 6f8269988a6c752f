// RUN: plexus test %s --out %t/tests
axis n = 4
fn double[k](x: [k]) -> [k] { 2 * x }
test "twice is a sum" {
  let x = real(n)
  expect all(double[n](x) == x + x), "2x = x + x"
}
test "one that is wrong" {
  expect sum(double[n](real(n))) == 13, "a wrong sum"
}
