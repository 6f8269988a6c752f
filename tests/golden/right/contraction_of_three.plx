// RUN: plexus run %s
axis a = 2, b = 3, c = 2
experiment e() {
  let x = real(a + 1)
  let m = ones[a, b]
  let w = real(b + c)
  let y = x @[a] m @[b] w
  print(y)
  expect all(y == values[c](9, 18)), "3 * (0 + 1 + 2) and 3 * (1 + 2 + 3)"
}
