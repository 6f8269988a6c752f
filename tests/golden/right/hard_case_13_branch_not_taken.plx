// RUN: plexus run %s
axis n = 3
fn root(x: []) -> [] { if x > 0 then sqrt(x) else 0 }
experiment e() {
  let x = values[n](-1.0, 0.0, 4.0)
  let g = grad(root)(x)
  print(root(x), g)
  expect all(root(x) == values[n](0, 0, 2)), "the value of the side that is taken"
  expect all(g == values[n](0, 0, 0.25)), "the other side is not differentiated"
}
