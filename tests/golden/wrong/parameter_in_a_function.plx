// RUN: plexus check %s
fn f[n](x: [n]) -> [n] {
  param w: [n] = ones
  x * w
}
