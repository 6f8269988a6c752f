// RUN: plexus test %s --out %t/x
// A pullback or a linear map is a value: another line of the experiment calls it, at the point where it was taken.
use nn
use optim
axis a = 3, b = 2

fn curve(x: [a]) -> [a] { x * sin(x) }
fn settle(x: []) -> [] {
  var y = x
  while y > 1 { y = y * 0.7 }
  y * y
}

test "kept" {
  let x = values[a](0.5, 1.0, 2.0)
  let (y, back) = vjp(curve, x)
  let g = back(ones[a])
  let (same, map) = linearize(curve, x)
  expect max(abs(g - (sin(x) + x * cos(x)))) < 1e-6, "a pullback is called on the next line"
  expect max(abs(map(values[a](1.0, 0.0, -1.0)) - g * values[a](1.0, 0.0, -1.0))) < 1e-6, "and so is a linear map"
  let (s, along) = linearize(settle, 5.0)
  expect abs(along(1.0) - 2 * s / 5) < 1e-6, "of a loop, whose turns are saved"
  expect all(abs(grad((t: []) => sum(back(t * ones[a])))(2.0) - sum(g)) < 1e-5), "a pullback is differentiated"
}

test "in a loop" {
  var net = Linear[a -> b]
  let x: f32[a] = values[a](1.0, -1.0, 2.0)
  let target: f32[b] = values[b](0.5, -0.5)
  var pulls = 0.0
  var last = (net: net)
  for i in 0..40 {
    let (out, back) = vjp((m) => m(x), net)
    let before = out
    net = net - 0.05 * back(before - target)
    pulls = pulls + norm(back(out))
  }
  expect all(norm(net(x) - target) < 1e-3), "a step by hand on several lines, with the model as it was"
  expect all(pulls > 0), "the kept map outlives the change of the model"
}

fn line(slope) {
  let double = slope * 2
  let inner = (x: []) => double * x
  (x: []) => inner(x) + 1
}

test "functions hold what a line computed" {
  let w = values[a](1.0, 2.0, 3.0)
  var steep = 0.0
  var seen = 0.0
  let first = line(sum(w))
  for turn in 0..3 {
    steep = steep + 1
    let f = line(steep)
    seen = seen + f(1.0) + grad(f)(0.0)
  }
  expect first(1.0) == 13, "a name inside of the function that made it"
  expect seen == 27, "as it was in that turn"
}
