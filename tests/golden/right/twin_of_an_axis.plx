// RUN: plexus run %s
fn gram[n, k](x: [n, k]) -> [n, n'] {
  x @[k] x[n -> n']
}
axis n = 2, k = 2
experiment e() {
  let g = gram[n, k](real(2 * n + k))
  print(g)
  expect g[n: 0, n': 1] == 3, "0*2 + 1*3"
  expect sum[n, n'](g) == 1 + 3 + 3 + 13, "the whole"
}
