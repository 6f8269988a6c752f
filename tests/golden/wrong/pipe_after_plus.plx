// RUN: plexus check %s
use nn
fn f(x: [], y: []) -> [] {
  x + y |> gelu |> silu
}
