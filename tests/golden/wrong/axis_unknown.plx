// RUN: plexus check %s
fn f[time](x: [time]) -> [] {
  sum[tiem](x)
}
