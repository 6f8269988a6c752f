// RUN: plexus check %s
fn f(x: []) -> [] {
  expect x > 0, "positive"
  x
}
