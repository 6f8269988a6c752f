// RUN: plexus check %s
fn f(x: []) -> [] {
  let y = x
  y = y + 1
  y
}
