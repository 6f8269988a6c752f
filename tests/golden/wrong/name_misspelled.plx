// RUN: plexus check %s
fn f(scale: [], x: []) -> [] {
  scael * x
}
