// RUN: plexus check %s
fn f(x: []) {
  axis k = 3
  x[+k]
}
fn g(x: []) -> [] { sum(f(x)) }
