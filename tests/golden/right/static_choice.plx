// RUN: plexus run %s
use nn
block Net[a -> b, wide: bool = false](x: [a]) -> [b] {
  axis hidden = 10
  if wide then (x |> Linear[a -> hidden] as lift |> Linear[hidden -> b] as read) else (x |> Linear[a -> b] as straight)
}
experiment e() {
  axis a = 2, b = 3
  expect count(Net[a -> b]) == 9, "what is not chosen owns nothing"
  expect count(Net[a -> b, wide: true] as wide) == 30 + 33, "what is chosen does"
}
