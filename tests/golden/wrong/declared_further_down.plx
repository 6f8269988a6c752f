// RUN: plexus check %s
axis n = 4
fn of_function(x: [n]) -> [n] {
  let y = helper(x)
  fn helper(a: [n]) -> [n] { a }
  y
}
fn of_value(x: [n]) -> [n] {
  let y = z + x
  let (z, w) = (x, x)
  y
}
