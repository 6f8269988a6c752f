// RUN: plexus check %s
use nn
axis i = 3, j = 4
optimizer of_matrices(lr: real = 0.02)[a, b](p: [a, b], g: [a, b]) -> [a, b] { p - lr * g }
experiment main() {
  var net = Linear[i -> j]
  var opt = of_matrices()
  minimize sum(net(ones[i])) over net using opt
}
