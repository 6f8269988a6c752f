// RUN: plexus run %s
axis t = 5
experiment e() {
  let x = real(t + 1)
  expect all(sum[t where t < 3](x) == 6), "a sum keeps to its guard"
  expect all(max[t where t < 3 else 0](x) == 3), "a maximum keeps to its guard"
  expect all(max[t where t < 0 else -7](x) == -7), "of nothing it is the else"
  expect all(mean[t where t > 9 else 0](x) == 0), "so is a mean"
  expect all(prod[t where t > 9](x) == 1), "a product of nothing is 1"
}
