// RUN: plexus check %s
fn f(x: []) -> [] {
  let y = for i in 0..3 { yield x * i }
  x
}
