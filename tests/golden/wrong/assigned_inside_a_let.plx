// RUN: plexus check %s
axis n = 4
fn changed(x: [n]) -> [n] {
  let pair = (a: x, b: x)
  pair.a = 3
  pair.a
}
experiment pulled() {
  print(vjp((x: [n]) => x, ones[n])(ones[n]))
}
