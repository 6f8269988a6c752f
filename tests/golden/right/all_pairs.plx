// RUN: plexus run %s
axis a = 2, b = 3
experiment e() {
  let x = real(a)
  let y = real(10 * b)
  let p = x[+b] + y
  print(p)
  expect sum[a, b](p) == 63, "all pairs where one side is repeated"
}
