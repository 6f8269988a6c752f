// RUN: plexus check %s
fn f[k](x: [k]) -> [] {
  sum[k(x)
}
