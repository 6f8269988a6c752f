// RUN: plexus run %s
// RUN: plexus run %s --interpret
// Counts that only the data tells: put side by side, required, and kept to by a loop that stacks (behind the count its body
// would leave `third`). Axes that a turn declares are compiled for once.
axis n = 6, m = 4, row = 2, third = 3
fn joined[n, m](x: [n], y: [m]) -> [] {
  axis a <= #n, b <= #m, both <= #n + #m
  let xs = x[n: filter[n -> a](x > 1)]
  let ys = y[m: filter[m -> b](y > 0)]
  let z = concat[a, b -> both](xs, ys)
  let w = concat[a, b -> both](xs * xs, ys)
  sum[both](z * w * real(both + 1)) + 100 * #both
}
fn spread[n](x: [n]) -> [] {
  axis kept <= #n
  let y = x[n: filter[n -> kept](x > 1)]
  require #kept >= 2, "a spread needs two"
  sum[kept](y * y) / (#kept - 1)
}
fn two[k](x: [k]) -> [] {
  require #k >= 2, "two at least"
  sum[k](x)
}
fn calls[n](x: [n]) -> [] {
  axis kept <= #n
  let y = x[n: filter[n -> kept](x > 1)]
  var s = 0.0
  for t in 0..2 { s += two[kept](y) }
  s + sum[kept](y)
}
fn running[n](x: [n]) -> [] {
  axis kept <= #n
  let y = x[n: filter[n -> kept](x > 1)]
  let table = 1 / real(third + 1)
  var t = 1.0
  let all = for i in kept {
    t = t * y[kept: i]
    yield (whole: t * table[third: third(int(i))], part: sin(t))
  }
  sum[kept](all.whole) + sum[kept](all.part * all.part)
}
experiment e() {
  let x = values[n](3, 0, 2, 5, -1, 0.5)
  let y = values[m](-1, 7, 0, 4)
  print(joined[n, m](x, y))
  print(grad((x: [n]) => joined[n, m](x, y))(real(x)))
  axis a <= #n, b <= #m, both <= 20, k = 2
  let i = filter[n -> a](x > 1)
  let j = filter[m -> b](y > 0)
  let xs = x[n: i]
  let ys = y[m: j]
  let z = concat[a, b -> both](xs, ys)
  print(z, #both)
  print(concat[a, b -> both](xs + 1, ys))
  for t in 0..3 {
    axis all <= 20
    let q = concat[a, m, k -> all](xs * t, y, real(k))
    print(q, #all)
  }
  let grid = values[row, n](3, 0, 2, 5, -1, 0.5,   1, 2, 3, 0, 0, 0)
  print(spread[n](grid))
  print(grad((x: [row, n]) => sum[row](spread[n](x)))(real(grid)))
  print(calls[n](grid))
  require #a > 1 and #a < 6, "some but not all"
  print(two[a](xs))
  let at = f64(x)
  let slope = grad((x: [n]) => running[n](x))
  let bend = grad((x: [n]) => sum[n](slope(x) * f64(n + 1)))
  let h = 1e-6
  let d = if n == 2 then f64(1) else 0
  expect abs(slope(at)[n: 2] - (running[n](at + h * d) - running[n](at - h * d)) / (2 * h)) < 1e-6, "first order"
  expect abs(bend(at)[n: 2] - sum[n]((slope(at + h * d) - slope(at - h * d)) * f64(n + 1)) / (2 * h)) < 1e-4, "second order"
}
