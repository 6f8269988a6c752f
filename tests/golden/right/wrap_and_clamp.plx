// RUN: plexus run %s
axis t = 4
experiment e() {
  let x = real(t)
  expect all(x[t: wrap(t - 1)] == values[t](3, 0, 1, 2)), "round and round"
  expect all(x[t: clamp(t + 2)] == values[t](2, 3, 3, 3)), "kept inside"
  expect all(x[t: t - 1 else 9] == values[t](9, 0, 1, 2)), "or else"
}
