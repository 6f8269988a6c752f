// RUN: plexus test %s --out %t/x
// `unique` takes what is there: under a guard of its value, of its axis, or up to an axis's count.
axis n = 6

fn of_value[t](x: [t]) -> (count: [], total: []) {
  axis kinds <= #t
  let u = unique[t -> kinds](sort[t where x > 0](x))
  (count: real(#kinds), total: sum[kinds](u))
}

fn of_kept[t](x: [t], there: bool[t]) -> (count: [], total: []) {
  axis kept <= #t, kinds <= #t
  let i = filter[t -> kept](there)
  let u = unique[kept -> kinds](x[t: i])
  (count: real(#kinds), total: sum[kinds](u))
}

fn of_axis[t](x: [t]) -> (count: [], total: []) {
  axis kinds <= #t
  let u = unique[t -> kinds](x)
  (count: real(#kinds), total: sum[kinds](u))
}

test "in a body" {
  let x = values[n](3.0, -1, 3, 1, 0, 2)
  let (a, b) = (of_value[n](x), of_kept[n](x, x > 0))
  expect a.count == 3 and a.total == 6, "a value's guard"
  expect b.count == 3 and b.total == 6, "an axis with a bound"
  let (c, d) = (of_axis[n where x > 0](x), of_axis[n](x))
  expect c.count == 3 and c.total == 6, "an axis given with a guard"
  expect d.count == 5 and d.total == 5, "no guard"
  let none = of_kept[n](x, x > 10)
  expect none.count == 0 and none.total == 0, "nothing"
  axis row = 2
  let each = of_value[n](x[+row] * (2 * row - 1))
  expect each.count[row: 0] == 1 and each.total[row: 0] == 1, "each position has its own"
  expect each.count[row: 1] == 3 and each.total[row: 1] == 6, "lifted"
}

test "between lines" {
  let x = values[n](3.0, -1, 3, 1, 0, 2)
  axis above, kept <= #n, kinds, beyond
  let y = sort[n where x > 0](x)
  let u = unique[n -> above](y)
  expect #above == 3 and sum(u) == 6, "a kept guard"
  let i = filter[n -> kept](x < 3)
  let z = x[n: i]
  let v = unique[kept -> kinds](z)
  expect #kinds == 4 and sum(v) == 2, "an axis with a bound"
  let w = sort[n where x < n](x)
  let t = unique[n -> beyond](w)
  expect #beyond == 4 and sum(t) == 2, "a guard that is not of one piece"
}
