// RUN: plexus run %s
axis pixel = 6, row = 2, column = 3, flipped = 6
experiment e() {
  let m = real(pixel)[pixel -> (row, column)]
  expect m[row: 1, column: 0] == 3, "the last one named is fastest"
  let t = m[(column, row) -> flipped]
  print(t)
  expect all(t == values[flipped](0, 3, 1, 4, 2, 5)), "merged in the order that is written"
}
