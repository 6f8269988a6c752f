// RUN: plexus check %s
fn f[n](x: [n], many: []) -> [] {
  axis k = many
  sum(x)
}
