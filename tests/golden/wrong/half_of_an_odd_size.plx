// RUN: plexus check %s
fn f[n](x: [n]) -> [] {
  require #n >= 2
  axis half = #n / 2
  sum[half](x[n: half])
}
