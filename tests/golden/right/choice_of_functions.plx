// RUN: plexus test %s --out %t/x
// `if` between two functions or nets is a function: by a parameter of an experiment, or by what is computed.
use nn
use optim

axis n = 4, sample = 8, batch = 4

block Shallow[n](x: [n]) -> [n] { (x |> Linear[n -> n'] as only)[n' -> n] }
block Deep[n](x: [n]) -> [n] {
  let h = x |> Linear[n -> n'] as lift |> tanh
  (h[n' -> n] |> Linear[n -> n'] as read)[n' -> n]
}

/// A recipe for any net of that interface, and any data of that record: the net that came of it, and its loss.
experiment trained[k, b](net: block([n]) -> [n], data: (x: [k, n], y: [k, n]), steps: int = 3) {
  var m = net
  var opt = adamw(lr: 0.01)
  var last = 0.0
  for d in batches[k -> b](data, steps: steps) {
    last = minimize mse(m(d.x), d.y) over m using opt
  }
  (model: m, loss: last)
}

fn scaled(x, k) {
  let j = k + 1
  if sum(x) > 0 then ((y) => y * j) else ((y) => y / j)
}

experiment chosen(deep: bool = true, smooth: bool = false) {
  var net = if deep then Deep[n] else Shallow[n]
  let act = if smooth then tanh else relu
  let x = f32(normal[sample, n]())
  let before = mse(act(net(x)), x)
  for i in 0..20 {
    minimize mse(act(net(x)), x) over net using adamw(lr: 0.05)
  }
  (size: count(net), better: mse(act(net(x)), x) < before)
}

test "by a parameter" {
  let deep = chosen()
  let shallow = chosen(deep: false, smooth: true)
  expect deep.size == 40 and deep.better, "two layers"
  expect shallow.size == 20 and shallow.better, "one layer"
}

test "by what is computed" {
  let x = real(n)
  let d = if sum(x) > 3 then (v: []) => v * v else (v: []) => sqrt(-v)
  expect all(d(x) == x * x) and all(grad(d)(x) == 2 * x), "values and derivatives of the side that is taken"
  let slope = grad((v: []) => (if v > 1 then sqrt else exp)(v - 1))(x)
  expect slope[n: 2] == 0.5 and slope[n: 1] == 1, "at each position"
  let f = scaled(x, 2.0)
  expect all(f(x) == 3 * x), "what the functions see is kept"
}

test "a recipe for any net" {
  let x = f32(normal[sample, n]())
  let deep = trained[sample, batch](Deep[n], (x: x, y: 2 * x), steps: 6)
  let shallow = trained[sample, batch](Shallow[n], (x: x, y: 2 * x))
  expect count(deep.model) == 40 and count(shallow.model) == 20, "the nets that came of it"
  expect deep.loss > 0 and mse(deep.model(x), 2 * x) < 100, "they run"
}
