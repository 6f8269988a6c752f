// RUN: plexus run %s
use nn
axis a = 200, b = 300
experiment e() {
  let g = glorot[a -> b]()
  let h = he[a -> b]()
  expect max(abs(g)) < sqrt(6 / 500) and abs(mean(g * g) * 250 - 1) < 0.05, "glorot: variance 2 / 500"
  expect all(abs(mean(h * h) * 100 - 1) < 0.05), "he: variance 2 / 200"
}
