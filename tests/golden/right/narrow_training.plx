// RUN: plexus run --precision f16 %s
// A network whose parameters, activations and gradients have two bytes, in a loop of the ordinary library.
use nn
use optim

axis row = 64, feature = 4, class = 2, hidden = 16

block Net(x: [feature]) -> [class] {
  x |> Linear[feature -> hidden] as lift |> gelu |> LayerNorm[hidden] as scale |> Linear[hidden -> class] as read
}

experiment main() {
  let x = normal[row, feature]
  let label = argmax[class](if class == 0 then (x[feature: 0] + x[feature: 1])[+class] else 0)
  var net = Net[]
  var opt = adamw(lr: 0.02)
  for step in 0..60 {
    let loss = minimize mean[row](cross_entropy[class](net(x), label)) over net using opt
  }
  expect accuracy[class, row](net(x), label) > 0.9, "it learns"
  save(net, "net.safetensors")
  let back: Net = load("net.safetensors")
  expect all(back(x) == net(x)), "and is kept"
}
