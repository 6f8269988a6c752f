// RUN: plexus check %s
fn f[n](x: [n], y: []) -> [] {
  sum[y](x)
}
