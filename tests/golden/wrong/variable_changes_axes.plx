// RUN: plexus check %s
fn f[n, k](x: [n]) -> [n] {
  var y = x
  y = y[+k]
  sum[k](y)
}
