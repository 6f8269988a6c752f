// RUN: plexus run %s
axis n = 2, k = 4
experiment e() {
  let x = real(n + 1)
  let y = sum[k](x[+k])
  expect all(y == 4 * x), "x[+k] repeats"
}
