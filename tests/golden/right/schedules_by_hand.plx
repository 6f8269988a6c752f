// RUN: plexus run %s
use optim
experiment e() {
  expect constant(7, 0.1) == 0.1, "constant"
  expect cosine(0, 10) == 1 and abs(cosine(5, 10) - 0.5) < 1e-9 and cosine(20, 10) < 1e-9, "cosine"
  expect linear(5, 10, 2) == 1 and linear(99, 10) == 0, "linear"
  expect all(abs(step_decay(25, 10, 0.1) - 0.01) < 1e-9), "step_decay"
  expect warmup(0, 10) == 0.1 and warmup(99, 10) == 1, "warmup"
}
