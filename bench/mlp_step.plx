// One training step of the digits perceptron (64-128-128-10, GELU, AdamW) at batch 64: microseconds a step.
use nn
use optim

axis pixel = 64, class = 10

block MLP[in -> out, hidden = 128](x: [in]) -> [out] {
  x |> Linear[in -> hidden] as lift |> gelu
    |> Linear[hidden -> hidden] as mix |> gelu
    |> Linear[hidden -> out] as read
}

experiment mlp_step(steps: int = 2000) {
  axis batch = 64
  let x = uniform[batch, pixel]
  let xs = f32(x)
  let ys = argmax[class](normal[batch, class])
  var net = MLP[pixel -> class]
  var opt = adamw(lr: 1e-3)
  for i in 0..50 { minimize mean[batch](cross_entropy[class](net(xs), ys)) over net using opt }
  let begin = now()
  for i in 0..steps { minimize mean[batch](cross_entropy[class](net(xs), ys)) over net using opt }
  let end = now()
  print((end - begin) / steps * 1e6)
}
