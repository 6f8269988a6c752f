// RUN: plexus run %s
// An optimizer over the axes of a matrix: the gradient made nearly orthogonal by Newton and Schulz's iteration, with a
// part of its own; figures of NumPy.
use nn
use optim
optimizer orthogonal(lr: real = 0.02, beta: real = 0.9)[a, b](p: [a, b], g: [a, b]) -> [a, b] {
  state m: [a, b] = zeros
  m = beta * m + g
  axis c = #a
  var x = m / (norm(m) + 1e-7)
  for i in 0..5 {
    x = 1.5 * x - 0.5 * ((x @[b] x[a -> c]) @[c] x[a -> c])
  }
  p - lr * x
}
experiment main() {
  axis i = 3, j = 4, batch = 5
  var w = f64(zeros[i, j])
  var opt = orthogonal(lr: -1)
  minimize sum(w * real(i + 2 * j)) over w using opt
  print(w)
  var net = Linear[i -> j]
  let x = normal[batch, i]
  let before = mean(net(x) ^ 2)
  for k in 0..10 { minimize mean(net(x) ^ 2) over net using (net.w: orthogonal(lr: 0.05), net.b: sgd(lr: 0.1)) }
  expect mean(net(x) ^ 2) < before, "parts with optimizers of their own"
}
