// RUN: plexus run %s
use nn
axis row = 2, t = 3
experiment e() {
  let len = values[row](1, 3)
  let x = real(t + row * 0) + 1
  let m = mean[t where t < len else 0](x)
  print(m)
  expect all(m == values[row](1, 2)), "a ragged batch"
}
