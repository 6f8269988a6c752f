// RUN: plexus check %s
fn f(x: []) -> [] {
  x + offset
}
