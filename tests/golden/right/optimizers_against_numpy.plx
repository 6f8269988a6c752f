// RUN: plexus test %s
// Optimizers that look at a whole parameter, against NumPy: after some steps down a quartic.
use nn
use optim
axis i = 3, j = 4
fn slope() -> f64[i, j] { f64(values[i, j](3, 1, 0.5, 0, 1, 4, 0.2, 0.1, 0.5, 0.2, 2, 0.3)) }
fn start() -> f64[i, j] { f64(values[i, j](0.5, -0.2, 0.3, 0.1, 0.4, 0.6, -0.1, 0.2, 0.2, 0.1, -0.3, 0.7)) }
fn quartic(w: f64[i, j]) -> [] { sum(0.25 * w ^ 4 + slope() * w) }

test "lamb" {
  var w = start()
  var opt = lamb(lr: 0.05)
  for t in 0..4 { minimize quartic(w) over w using opt }
  let want = f64(values[i, j](0.429267253992, -0.270245063994, 0.22942469696, 0.037072512036, 0.329351394029, 0.529198215069,
    -0.17030952456, 0.129531201817, 0.129476231287, 0.029540042733, -0.370174121042, 0.629299026853))
  expect max(abs(w - want)) < 1e-9, "four steps"
}

test "muon" {
  var w = start()
  var opt = muon(decay: 0.1)
  for t in 0..3 { minimize quartic(w) over w using opt }
  let want = f64(values[i, j](0.420605903081, -0.198460619591, 0.297717315925, 0.104205385115, 0.396476587522, 0.51991374116,
    -0.099412745277, 0.19686604022, 0.199563868325, 0.099244973208, -0.371930387077, 0.670978578798))
  expect max(abs(w - want)) < 1e-9, "three steps"
}

test "lbfgs" {
  let h = f64(values[j](1, 10, 3, 0.5))
  var x = f64(values[j](-1.2, 1.0, 0.5, -0.7))
  var opt = lbfgs(lr: 0.9)
  for t in 0..4 { minimize sum(h * x * x / 2 + 0.1 * x ^ 4) over x using opt }
  let want = f64(values[j](-0.405747050832, -0.05611018522, -0.018856953396, -0.435001400509))
  expect max(abs(x - want)) < 1e-9, "four steps"
  for t in 0..10 { minimize sum(h * x * x / 2 + 0.1 * x ^ 4) over x using opt }
  let later = f64(values[j](7.040175303269e-07, 9.566169091774e-08, -3.977431711597e-07, 2.829633503307e-07))
  expect max(abs(x - later)) < 1e-12, "fourteen, the oldest forgotten"
}

test "on the way" {
  let at = (s: real) => one_cycle(s, 50, 0.1)
  expect abs(at(0) - 0.004) < 1e-12 and abs(at(5) - 0.03117358052235722) < 1e-12 and abs(at(14) - 0.1) < 1e-12, "up"
  expect abs(at(30) - 0.05671183644422961) < 1e-12 and abs(at(49) - 4e-7) < 1e-12, "and down"
  let g = (a: f64(3 * real(i)), b: f64(4.0))
  expect norm(g |> clip(norm: 1)) > 1 - 1e-12 and norm(g |> clip(norm: 1)) < 1 + 1e-12, "cut to length"
  expect norm(g |> clip(norm: 100)) == norm(g), "or short enough"
  let slow = (a: f64(zeros[i]), b: f64(1.0)) |> average(g, with: 0.75)
  print(slow)
}

test "a model, the long way" {
  axis n = 8
  let x = f32(normal[n, i])
  let y = sin(2 * x[i: 0])[+j] + 0.1 * real(j)
  var net = Linear[i -> j]
  var slow = net
  var opt = sgd(lr: 0.5)
  let first = mse(net(x), y)
  let begun = net
  let (loss, g) = value_and_grad((m: Linear[i -> j]) => mse(m(x), y))(net)
  net = opt(net, g |> clip(norm: 0.1))
  slow = slow |> average(net, with: 0.5)
  expect abs(norm(begun - net) - 0.05) < 1e-5, "a step of lr times the length"
  expect abs(norm(begun - slow) - 0.025) < 1e-5, "half of it"
  expect loss == first and mse(net(x), y) < first, "downhill"
}
