// RUN: plexus check %s
fn f(x: []) -> [] {
  let y = x }
  y + 1
}
fn g(x: []) -> [] { f(x) }
