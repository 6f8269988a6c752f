// RUN: plexus check %s
fn f(x: []) -> [] {
  log(x: x)
  x
}
