// RUN: plexus run %s
use nn
axis h = 6, o = 3, p = 2
experiment e() {
  let x = values[h](1.0, 5.0, 2.0, 2.0, 0.0, -1.0)
  expect all(max_pool[h, o](x) == values[o](5, 2, 0)), "the largest of two"
  expect all(mean_pool[h, o](x) == values[o](3, 2, -0.5)), "the mean of two"
  expect all(max_pool[h, p, 4, 2](x) == values[p](5, 2)), "of four, two apart"
}
