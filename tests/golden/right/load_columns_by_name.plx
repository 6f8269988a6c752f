// RUN: plexus run %s
experiment e() {
  axis n, kind = 3
  let t: (x: f32[n], label: kind[n]) = load("data/small.csv")
  print(t.x)
  expect sum[n](t.x) == -0.25, "numbers"
  expect sum[n](int(t.label)) == 3, "positions, checked"
  expect #n == 3, "the axis takes its size from the data"
}
