// RUN: plexus run %s
axis n = 3
experiment e() {
  let g = grad((x: []) => x * x * x)(real(n))
  print(g)
  expect all(g == values[n](0, 3, 12)), "the derivative is taken at each position"
}
