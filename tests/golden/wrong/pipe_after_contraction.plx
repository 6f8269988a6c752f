// RUN: plexus check %s
use nn
fn f[k](x: [k], y: [k]) -> [] {
  x @[k] y |> gelu
}
