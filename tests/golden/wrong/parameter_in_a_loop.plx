// RUN: plexus check %s
block B[n](x: [n]) -> [] {
  var s = 0.0
  for i in n {
    param w: [] = 1
    s = s + w * x[n: i]
  }
  s
}
