// RUN: plexus check %s
axis a = 4, b = 4
fn f(x: [a]) -> [a] {
  let y: [b] = x
  x
}
