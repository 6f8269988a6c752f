// RUN: plexus check %s
use nn
axis n = 4, m = 5
block Net(x: [n]) -> [n] {
  x |> Linear[n -> m] as first
    |> gelu
    |> Linear[n -> n] as second
    |> gelu
}
