// RUN: plexus check %s
fn f[n](x: [n]) -> [] {
  let i = 1.0
  var s = 0.0
  for i in n { s = s + x[n: i] }
  s
}
