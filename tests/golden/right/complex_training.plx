// RUN: plexus run %s
// Complex parameters: a rotation is found, with the optimizer part by part, kept in a file and lifted over a batch.
use nn
use optim
axis row = 32, k = 3

block Turn(z: c64[k]) -> c64[k] {
  param w: c64[k] = zeros
  w * z
}

experiment main() {
  let z = c64(complex(normal[row, k] as re, normal[row, k] as im))
  let true_w = c64(exp(complex(0, 1) * real(k)))
  var net = Turn[]
  var opt = adam(lr: 0.05)
  for step in 0..300 {
    let loss = minimize mean(abs(net(z) - true_w * z)) over net using opt
  }
  expect all(abs(net.w - true_w) < 0.01), "it finds the angles"
  expect count(net) == 3, "a complex number is one parameter"
  save(net, "net.safetensors")
  let back: Turn = load("net.safetensors")
  expect all(back.w == net.w), "and is kept"
}
