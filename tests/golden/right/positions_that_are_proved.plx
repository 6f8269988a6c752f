// RUN: plexus run %s
// A number that is proved to be a position along one axis keeps its own range for the others; twins convert, too.
axis a = 5, b = 2
experiment e() {
  let x = real(10 * a + b)
  let p = a(0)
  let q = a(b)
  expect x[a: 0, b: 0] == 0 and x[a: p, b: 0] == 0, "zero is a position along both"
  expect all(x[a: q] == values[b](0, 11)), "so is a position"
  let y = real(b[+b'] + 10 * b')
  expect all(y[b': b'((b + 1) mod #b')] == values[b](10, 1)), "a position along a twin"
}
