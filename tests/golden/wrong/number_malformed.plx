// RUN: plexus check %s
fn f(x: []) -> [] {
  x * 12e
}
