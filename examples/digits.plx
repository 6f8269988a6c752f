// Handwritten digits: 1797 grey images of 8 by 8 pixels, read by a dense and by a convolutional network.
// plexus run examples/digits.plx            trains both
// plexus run examples/digits.plx --set epochs=5
// plexus draw examples/digits.plx ConvNet -o convnet.svg
use nn
use optim

axis pixel = 64, class = 10

/// Two hidden layers with GELU between them: the pixels of an image to a logit for each class.
block MLP[hidden = 128](x: [pixel]) -> [class] {
  x |> Linear[pixel -> hidden] as lift |> gelu
    |> Linear[hidden -> hidden] as mix |> gelu
    |> Linear[hidden -> class] as read
}

/// Halves an image along both of its axes: the largest of every 2 by 2 pixels.
fn halve[row, column, half_row, half_column](x: [row, column]) -> [half_row, half_column] {
  require #half_row == (#row - 2) div 2 + 1 and #half_column == (#column - 2) div 2 + 1
  x |> max_pool[row, half_row] |> max_pool[column, half_column]
}

/// Two convolutions, each with relu and a pool of 2 by 2: 8 by 8, then 4 by 4, then 2 by 2.
block ConvNet[few = 16, many = 32](x: [pixel]) -> [class] {
  axis row = 8, column = 8, colour = 1
  axis row4 = 4, column4 = 4, row2 = 2, column2 = 2
  let image = x[pixel -> (row, column)]
  let edges = image[+colour] |> Conv2d[row, column, colour -> few] as first |> relu
  let shapes = edges |> halve[row, column, row4, column4] |> Conv2d[row4, column4, few -> many] as second |> relu
  shapes |> halve[row4, column4, row2, column2] |> Linear[many, row2, column2 -> class] as read
}

/// Trains `net` on `train` and shows how it does on `test`.
experiment trained[fit, held](net, train, test, epochs: int, lr: real) {
  axis batch = 32
  var model = net
  var opt = adamw(lr: lr, decay: 0.01)
  for epoch in 0..epochs {
    opt.lr = cosine(epoch, epochs, lr, 0.05 * lr)
    for b in batches[fit -> batch](train) {
      let loss = minimize mean[batch](cross_entropy[class](model(b.pixel / 16), b.class)) over model using opt
      log(loss: loss)
    }
    log(epoch: epoch, accuracy: accuracy[class, held](model(test.pixel / 16), test.class))
  }
  model
}

experiment digits(epochs: int = 30, lr: real = 2e-3) {
  axis sample, fit, held
  let data: (pixel: f32[sample, pixel], class: class[sample]) = load("data/digits.csv.gz")
  let (train, test) = split[sample -> fit, held](data, at: 1437, seed: 0)

  let mlp = trained[fit, held](MLP[128], train, test, epochs, lr)
  let mlp_accuracy = accuracy[class, held](mlp(test.pixel / 16), test.class)
  print("MLP:", count(mlp), "parameters, accuracy on held-out images", mlp_accuracy)

  let conv = trained[fit, held](ConvNet[16, 32], train, test, epochs, lr)
  let conv_accuracy = accuracy[class, held](conv(test.pixel / 16), test.class)
  print("ConvNet:", count(conv), "parameters, accuracy on held-out images", conv_accuracy)

  save(mlp, "mlp.safetensors")
  save(conv, "conv.safetensors")
  let again: ConvNet[16, 32] = load("conv.safetensors")
  let apart = again(test.pixel / 16) - conv(test.pixel / 16)
  expect sum[held, class](abs(apart)) == 0, "a saved network is loaded bit for bit"

  expect mlp_accuracy >= 0.96, "an MLP reads handwritten digits"
  expect conv_accuracy >= 0.97, "a convolutional network reads them too"
}
