// RUN: plexus run %s
use nn
block Tower[n, depth: int](x: [n]) -> [n] {
  if depth == 0 then x else x |> Linear[n -> n] as base |> Tower[n, depth - 1] as rest
}
experiment e() {
  axis n = 2
  expect count(Tower[n, 3]) == 18, "three layers, one inside the other"
}
