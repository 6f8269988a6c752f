// RUN: plexus run %s
axis n = 2
experiment e() {
  let at = (w: ones[n] * 2, b: 3.0)
  let g = grad((p) => sum[n](p.w * p.w) * p.b)(at)
  print(g)
  expect all(g.w == values[n](12, 12)) and g.b == 8, "leaf by leaf"
}
