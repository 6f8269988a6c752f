// RUN: plexus check %s
fn f(x: [], y: []) -> [] {
  let (a, b, c) = (x, y)
  a + b + c
}
