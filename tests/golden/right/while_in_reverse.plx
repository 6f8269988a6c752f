// RUN: plexus run %s
fn grow(x: []) -> [] {
  var h = x
  while h * h < 40.0 { h = h + tanh(h) * 0.5 + 0.1 }
  h
}
fn newton(a: []) -> [] {
  var z = a
  var i = 0
  while i < 6 { z = (z + a / z) / 2
    i += 1 }
  z
}
experiment e() {
  axis n = 5
  let x = real(n) + 0.5
  print(grow(x))
  print(grad(grow)(x))
  print((grow(x + 0.001) - grow(x - 0.001)) / 0.002)
  print(newton(x), grad(newton)(x), 0.5 / sqrt(x))
  print(grad(grad(newton))(x), -0.25 * x^(-1.5))
}
