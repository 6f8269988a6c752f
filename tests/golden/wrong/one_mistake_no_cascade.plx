// RUN: plexus check %s
use nn
axis a = 4, b = 4
fn f(x: [a], y: [b]) -> [] {
  let z = x + y
  let u = gelu(z) * 2
  let v = sum[a](u) + sum[b](u)
  v / sqrt(v)
}
