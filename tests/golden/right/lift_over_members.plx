// RUN: plexus run %s
use nn
axis batch = 3, a = 2, b = 2
experiment e() {
  let net = Linear[a -> b]
  let x = real(batch + a)
  let y = net(x)
  expect all(max(abs(y[batch: 1] - net(x[batch: 1]))) < 1e-6), "a batch is each sample alone"
}
