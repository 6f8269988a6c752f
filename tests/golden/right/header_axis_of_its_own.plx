// RUN: plexus run %s
use nn
block Net[in -> out, hidden = 7](x: [in]) -> [out] {
  x |> Linear[in -> hidden] as lift |> Linear[hidden -> out] as read
}
experiment e() {
  axis i = 2, o = 3, h = 5
  expect count(Net[i -> o]) == 2 * 7 + 7 + 7 * 3 + 3, "a block makes an axis for itself"
  expect count(Net[i -> o, h] as given) == 2 * 5 + 5 + 5 * 3 + 3, "or takes one"
  expect count(Net[i -> o, hidden: 6] as numbered) == 2 * 6 + 6 + 6 * 3 + 3, "by name and number"
}
