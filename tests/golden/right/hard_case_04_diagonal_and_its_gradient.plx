// RUN: plexus run %s
axis i = 3, j = 3
experiment e() {
  let m = real(10 * i + j)
  print(m[j: i])
  expect all(m[j: i] == values[i](0, 11, 22)), "an axis that both sides have meets"
  let g = grad((m: [i, j]) => sum[i](m[j: i]))(m)
  print(g)
  expect all(g == real(i == j)), "its gradient is on the diagonal alone"
}
