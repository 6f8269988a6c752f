// RUN: plexus run %s
use nn
axis a = 2, b = 2
experiment e() {
  let one = Linear[a -> b]
  let two = Linear[a -> b]
  let mid = 0.5 * one + 0.5 * two
  let x = real(a + 1)
  let apart = mid(x) - (one(x) + two(x)) / 2
  expect all(max(abs(apart)) < 1e-6), "the mean of two affine maps"
}
