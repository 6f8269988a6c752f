// The convolutional network that digits.plx has trained and saved, read in another run.
// plexus run examples/digits.plx
// plexus run examples/digits_again.plx --from runs/digits
use nn
use digits

experiment again() {
  axis sample, fit, held
  let data: (pixel: f32[sample, pixel], class: class[sample]) = load("data/digits.csv.gz")
  let (train, test) = split[sample -> fit, held](data, at: 1437, seed: 0)
  let conv: ConvNet[16, 32] = load("conv.safetensors")
  let right = accuracy[class, held](conv(test.pixel / 16), test.class)
  print("ConvNet: accuracy on held-out images", right)
  expect right >= 0.97, "what was saved reads as well as before"
}
