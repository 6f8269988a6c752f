// RUN: plexus check %s
use nn
block B[n](x: [n]) -> [n] {
  x |> Linear[n -> n] |> gelu |> Linear[n -> n]
}
