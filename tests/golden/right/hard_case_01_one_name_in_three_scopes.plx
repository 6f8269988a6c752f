// RUN: plexus run %s
// The `k` of A, of B and of the caller are three axes: 4 * 3 * 6 * 5 = 360 everywhere.
block A[n -> m](x: [n]) -> [m] {
  axis k = 3
  param u: [n, k] = ones
  param v: [k, m] = ones
  x @[n] u @[k] v
}
block B[m -> p](x: [m]) -> [p] {
  axis k = 5
  param u: [m, k] = ones
  param v: [k, p] = ones
  x @[m] u @[k] v
}
experiment e() {
  axis k = 2, i = 4, j = 6, o = 1
  let y = ones[k, i] |> A[i -> j] |> B[j -> o]
  print(y)
  expect all(y == full[k, o](360)), "three axes of one name stay apart"
}
