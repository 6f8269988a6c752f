// RUN: plexus run %s
axis n = 1000
experiment e() {
  let a = uniform[n]
  let b = uniform[n]
  expect any(a != b), "two draws of two names differ"
  expect abs(mean(a) - 0.5) < 0.05 and all(a > 0) and all(a < 1), "uniform"
  let z = normal[n]
  expect abs(mean(z)) < 0.15 and abs(mean(z * z) - 1) < 0.2, "normal"
  let p = permutation[n]
  expect sum[n](int(p)) == 499500, "a permutation has every position once"
  axis k = 2
  let c = categorical[k](values[k](0.0, 1.0986122886681098)[+n])
  expect all(abs(mean(real(int(c))) - 0.75) < 0.06), "odds of three to one"
}
