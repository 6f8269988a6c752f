// RUN: plexus check %s
block Spread(x) {
  axis k = 3
  x[+k]
}
axis n = 2
fn f(x: [n]) -> [n] { x }
experiment e() {
  let y = Spread(ones[n])
  print(y)
}
