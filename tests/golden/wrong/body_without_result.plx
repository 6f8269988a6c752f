// RUN: plexus check %s
fn f(x: []) -> [] {
  let y = x * 2
}
