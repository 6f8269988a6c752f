// RUN: plexus check %s
fn f(x: []) -> [] {
  yield x
  x
}
