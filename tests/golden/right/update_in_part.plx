// RUN: plexus run %s
axis n = 4
experiment e() {
  var x = zeros[n]
  x[n: 1] = 5
  x[n: 3] += 2
  x[n: 3] += 2
  print(x)
  expect all(x == values[n](0, 5, 0, 4)), "a position is set, and added to"
}
