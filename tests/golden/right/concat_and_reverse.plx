// RUN: plexus run %s
axis a = 2, b = 3, both = 5
experiment e() {
  let y = concat[a, b -> both](real(a), real(10 * b))
  print(y)
  expect all(y == values[both](0, 1, 0, 10, 20)), "one after the other"
  expect all(reverse[both](y) == values[both](20, 10, 0, 1, 0)), "from the end"
}
