// RUN: plexus run %s
optimizer heavy(lr: real, momentum: real = 0.5)[a...](p: [a...], g: [a...]) -> [a...] {
  state v: [a...] = zeros
  v = momentum * v + g
  p - lr * v
}
experiment e() {
  axis n = 2
  var x = ones[n]
  var opt = heavy(lr: 0.1)
  minimize sum[n](x) over x using opt
  minimize sum[n](x) over x using opt
  print(x)
  expect all(max(abs(x - 0.75)) < 1e-6), "1 - 0.1 * 1 - 0.1 * 1.5"
}
