// RUN: plexus run %s
use nn
axis class = 2, n = 4
experiment e() {
  let logits = values[n, class](2.0, 1.0, 1.0, 2.0, 5.0, 1.0, 0.0, 1.0)
  let y = argmax[class](values[n, class](1, 0, 1, 0, 1, 0, 0, 1))
  expect accuracy[class, n](logits, y) == 0.75, "three of four"
  expect all(abs(perplexity[class, n](zeros[n, class], y) - 2) < 1e-6), "of two equal ones it is 2"
}
