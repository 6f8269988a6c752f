// RUN: plexus run %s
// Two strides of 2 are one of 4: the sizes are equal in disguise.
fn half[n, m](x: [n]) -> [m] {
  require #m == (#n - 1) div 2 + 1
  x[n: 2 * m]
}
fn quarter[n, m](x: [n]) -> [m] {
  require #m == (#n - 1) div 4 + 1
  axis h = (#n - 1) div 2 + 1
  x |> half[n, h] |> half[h, m]
}
fn same[n](x: [n]) -> [n] {
  axis a = #n + 1 - 1, b = 1 + #n - 1
  x[n -> a][a -> b][b -> n]
}
experiment e() {
  axis n = 10, m = 3
  let y = quarter[n, m](same[n](real(n)))
  print(y)
  expect all(y == values[m](0, 4, 8)), "every fourth"
}
