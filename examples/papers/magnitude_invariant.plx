// Magnitude-invariant parametrizations of hypernetworks. Gonzalez Ortiz, Guttag, Dalca, ICLR 2024 (arXiv 2304.07645).
//
// A hypernetwork gives the weights of a network from a number g. One with homogeneous activations and no biases gives
// weights in proportion to g, and gradients as uneven. Encoding g as (cos, sin) of a quarter turn, which has one length
// for all g, and adding what is learned to weights that do not depend on g, removes that.
//
// The weights of the target network are a vector along one axis, made into a model for each g by `unflatten`; the model
// is applied to the points of its own g, for `g` passes by.
//
// Shown: the weights of the plain hypernetwork are four times as long at g = 0.8 as at 0.2; with the encoding they are
// about as long; it learns a family of functions many times faster; two g give two functions.
//
// Measured, seeds 0, 1, 2: ratios 4.000 and 0.97, 0.77, 1.08; mean loss of steps 400 to 500 0.19, 0.13, 0.13 and 0.0027,
// 0.0034, 0.0030.
//
// plexus run examples/papers/magnitude_invariant.plx --seed 1
use nn
use optim

axis weight = 1153, one = 1, g = 8, point = 64

block Target[hid = 32](x: [one]) -> [one] {
  x |> Linear[one -> hid] as first |> relu
    |> Linear[hid -> hid] as second |> relu
    |> Linear[hid -> one] as third
}

/// A layer without a bias.
block Plain[ins -> outs, gain: real = 2](x: [ins]) -> [outs] {
  param w: [ins, outs] = sqrt(gain / #ins) * normal[ins, outs]
  x @[ins] w
}

block Hyper[code](z: [code]) -> [weight] {
  axis a = 16, b = 64, c = 128
  z |> Plain[code -> a] as first |> leaky_relu
    |> Plain[a -> b] as second |> leaky_relu
    |> Plain[b -> c] as third |> leaky_relu
    |> Plain[c -> weight, gain: 0.06] as read
}

fn family(x: [], s: []) -> [] { sin(3 * x * (1 + s)) * (1 - s / 2) + s * x }

fn quarter_turn[pair](s: []) -> [pair] {
  let angle = pi / 2 * s
  if pair == 0 then cos(angle)[+pair] else sin(angle)[+pair]
}

/// The mean squared error of the networks with these weights, one for each g.
fn error(theta: [g, weight], s: [g], x: [g, point], like) -> [] {
  let net = unflatten[weight](theta, like: like)
  let y = net(x[+one])[one: 0]
  mean[g, point]((y - family(x, s[+point]))^2)
}

experiment plain(steps: int) -> (ratio: f32[], loss: f32[]) {
  axis code = 1
  let like = Target[]
  var h = Hyper[code]
  var opt = sgd(lr: 1e-3, momentum: 0.9)
  let ratio = norm(h(full[code](0.8))) / norm(h(full[code](0.2)))
  var late = 0.0
  for step in 0..steps {
    let s = uniform[g]
    let x = 2 * uniform[g, point] - 1
    let loss = minimize error(h(s[+code]), s, x, like) over h using opt
    if step >= steps - 100 { late += loss / 100 }
  }
  (ratio: ratio, loss: late)
}

experiment invariant(steps: int) -> (ratio: f32[], loss: f32[], apart: f32[]) {
  axis pair = 2
  var base = Target[]
  var h = Hyper[pair]
  var opt = sgd(lr: 1e-3, momentum: 0.9)
  let ratio = norm(h(quarter_turn[pair](0.8))) / norm(h(quarter_turn[pair](0.2)))
  var late = 0.0
  for step in 0..steps {
    let s = uniform[g]
    let x = 2 * uniform[g, point] - 1
    let loss = minimize error(flatten[weight](base)[+g] + h(quarter_turn[pair](s)), s, x, base) over (h, base) using opt
    if step >= steps - 100 { late += loss / 100 }
  }
  let apart = norm(h(quarter_turn[pair](0.9)) - h(quarter_turn[pair](0.1))) / norm(h(quarter_turn[pair](0.5)))
  (ratio: ratio, loss: late, apart: apart)
}

experiment magnitude_invariant() {
  let usual = plain(500)
  let mip = invariant(500)
  print(usual, mip)
  expect abs(usual.ratio - 4) <= 1e-3, "weights in proportion to g"
  expect mip.ratio >= 0.6, "with the encoding not much shorter"
  expect mip.ratio <= 1.7, "nor longer"
  expect mip.loss <= 0.35 * usual.loss, "it learns faster"
  expect mip.apart >= 0.1, "and still tells one g from another"
}
