// RUN: plexus check %s
use nn
use optim
axis n = 4, c = 2, batch = 8

experiment e() {
  axis sample, fit, held, rest
  let x: f32[sample] = load("data/x.npy")
  let (a, b) = split[sample -> fit, held](x, at: 0.5)
  let (p, q) = split[sample -> fit, rest](x, at: 0.8)
  print(sum(a) + sum(p))
}
