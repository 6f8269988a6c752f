// RUN: plexus run %s
axis n = 3
fn halvings(x: []) -> [] {
  var y = x
  var steps = 0.0
  while y > 1 {
    y = y / 2
    steps = steps + 1
  }
  steps
}
experiment e() {
  let y = halvings(values[n](1.0, 8.0, 5.0))
  print(y)
  expect all(y == values[n](0, 3, 3)), "each lifted position stops on its own"
}
