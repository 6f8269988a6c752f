// RUN: plexus check %s
fn f(x: []) -> [] {
  x /* and so on
}
