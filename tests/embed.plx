// A model for tests/embed: trained a little, saved with arguments and results.
use nn
use optim

axis pixel = 7, class = 3

block MLP[hidden = 33](x: [pixel]) -> [class] {
  x |> Linear[pixel -> hidden] as lift |> gelu |> Linear[hidden -> class] as read
}

experiment e() {
  axis sample = 19
  let x: f32[sample, pixel] = f32(normal[sample, pixel])
  var net = MLP[33]
  var opt = adamw(lr: 1e-2)
  for i in 0..10 { minimize mean[sample, class](net(x) * net(x)) over net using opt }
  save(net, "mlp.safetensors")
  save(x, "x.npy")
  save((x: x), "in.npz")
  let y: f32[sample, class] = net(x)
  save(y, "y.npy")
}
