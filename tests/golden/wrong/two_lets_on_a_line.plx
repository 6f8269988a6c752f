// RUN: plexus check %s
axis n = 4
fn added(x: [n]) -> [n] {
  let a = x, b = x
  a
}
