// RUN: plexus check %s
fn f[n](x: [n]) -> [n] {
  var y = x
  while y > 1 { y = y / 2 }
  y
}
