// RUN: plexus run %s
use nn
axis class = 3, n = 2
experiment e() {
  let logits = values[class](1.0, 2.0, 3.0)
  let y = argmin[class](logits)
  expect all(abs(cross_entropy[class](logits, y) - 2.4076059) < 1e-6), "-log 0.0900"
  expect all(abs(cross_entropy[class](logits, y, smoothing: 0.3) - 2.1076059) < 1e-6), "0.7 of it and 0.3 of the mean"
  let a = values[n](1.0, -2.0)
  let b = values[n](0.0, 1.0)
  expect mse(a, b) == 5, "(1 + 9) / 2"
  expect huber(a, b) == 1.5, "(0.5 + 2.5) / 2"
  expect all(abs(binary_cross_entropy(a, b) - 1.7200948) < 1e-6), "(1.3132617 + 2.1269280) / 2"
  let p = values[n](0.5, 0.5)
  let q = values[n](0.25, 0.75)
  expect all(abs(kl[n](p, q) - 0.1438410) < 1e-6), "the divergence"
  let g = grad((l: [class]) => cross_entropy[class](l, y))(logits)
  expect all(max(abs(g - values[class](-0.90996943, 0.24472847, 0.66524096))) < 1e-6), "softmax minus one hot"
}
