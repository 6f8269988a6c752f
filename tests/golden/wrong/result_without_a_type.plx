// RUN: plexus check %s
fn f(x: []) {
  x * 2
}
fn g(x: []) -> [] { f(x) }
