// Handwritten digits by a step that a C program calls, and the same training as an experiment: the same bits.
// plexus build examples/digits_step.plx fit -o runs/libfit.so     then see examples/embed/README.md
// plexus run examples/digits_step.plx
use nn
use optim

axis pixel = 64, class = 10

/// Two hidden layers with GELU between them.
block MLP[hidden = 128](x: [pixel]) -> [class] {
  x |> Linear[pixel -> hidden] as lift |> gelu
    |> Linear[hidden -> hidden] as mix |> gelu
    |> Linear[hidden -> class] as read
}

fn loss[batch](logits: [batch, class], digit: class[batch]) -> [] {
  mean[batch](cross_entropy[class](logits, digit))
}

/// One step on a batch of any size; `net` and `opt` are kept between steps.
experiment fit[batch](image: [batch, pixel], digit: class[batch], rate: real) {
  var net = MLP[128]
  var opt = adamw(decay: 0.01)
  opt.lr = rate
  minimize loss[batch](net(image / 16), digit) over net using opt
}

experiment whole(epochs: int = 5) {
  axis sample, batch = 32
  let data: (pixel: f32[sample, pixel], class: class[sample]) = load("data/digits.csv.gz")
  var net = MLP[128]
  var opt = adamw(decay: 0.01)
  for epoch in 0..epochs {
    opt.lr = 2e-3 / (epoch + 1)
    for b in batches[sample -> batch](data, shuffle: false) {
      minimize loss[batch](net(b.pixel / 16), b.class) over net using opt
    }
  }
  save(net, "mlp.safetensors")
  expect accuracy[class, sample](net(data.pixel / 16), data.class) > 0.95, "five epochs fit the digits"
}
