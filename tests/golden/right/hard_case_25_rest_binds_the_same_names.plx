// RUN: plexus run %s
fn slide[h, k](x: [h], w: [k]) -> [h] {
  x[h: h + k else 0] @[k] w
}
experiment e() {
  axis h = 4, k = 2
  let y = slide[..](real(h), ones[k])
  print(y)
  expect all(y == values[h](1, 3, 5, 3)), "`..` binds the caller's axes of the same names, visibly"
}
