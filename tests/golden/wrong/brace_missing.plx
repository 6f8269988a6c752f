// RUN: plexus check %s
fn f(x: []) -> [] {
  x + 1

fn g(x: []) -> [] {
  x + 2
}
