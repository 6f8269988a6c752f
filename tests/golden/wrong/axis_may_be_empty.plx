// RUN: plexus check %s
fn f[n](x: [n]) -> [] {
  axis rest = #n - 1
  sum[rest](x[n: rest + 1])
}
