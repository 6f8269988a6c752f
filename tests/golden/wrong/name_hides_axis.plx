// RUN: plexus check %s
axis k = 3
fn f(x: [k]) -> [] {
  let k = 2.0
  k * sum(x)
}
