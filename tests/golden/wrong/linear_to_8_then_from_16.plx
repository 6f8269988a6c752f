// RUN: plexus check %s
use nn
block Two[in -> out](x: [in]) -> [out] {
  x |> Linear[in -> 8] as first |> Linear[16 -> out] as second
}
