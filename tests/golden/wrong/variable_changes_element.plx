// RUN: plexus check %s
fn f[n](x: [n]) -> [] {
  var s = 0
  s = x > 0
  sum(x)
}
