// RUN: plexus run %s
axis i = 2, j = 3
experiment e() {
  let m = real(10 * i + j)
  expect m[i: 1, j: 2] == 12, "bare axis names spread by themselves"
  let d = real(i == j)
  expect sum[i, j](d) == 2, "compared too"
}
