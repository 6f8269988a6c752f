// RUN: plexus run %s
// Hard cases 16, 23 and 24: a buffer moves once, with `checkpoint` around too, and the loss has the same bits; what is
// computed again equals the first; a `while` differentiated twice, and its linear map called later.
use nn
use optim
axis batch = 4, c = 3
block Center[c, over](x: [c, over]) -> [c, over] {
  buffer middle: [c] = zeros
  if training { middle = 0.5 * middle + 0.5 * mean[over](x) }
  x - middle
}
block Plain[c, over](x: [c, over]) -> [c, over] {
  let h = x |> Linear[c -> c] as mix |> Center[c, over: over] as norm
  tanh(h)
}
block Again[c, over](x: [c, over]) -> [c, over] {
  checkpoint {
    let h = x |> Linear[c -> c] as mix |> Center[c, over: over] as norm
    tanh(h)
  }
}
fn grow(x: []) -> [] {
  var h = x
  while h < 5 { h = h * h + 0.5 }
  h
}
fn slopes(x: [], a: [], b: []) -> (a: [], b: []) {
  let (y, line) = linearize(grow, x)
  (a: line(a), b: line(b))
}
fn careful(x: []) -> [] { checkpoint { if x > 0 then sqrt(x) else 0 } }
experiment main() {
  let x = values[batch](1.0, 2.0, 3.0, 4.0)[+c] * (1 + real(c)[+batch])
  var a = Plain[c, batch]
  var b = Again[c, batch] with (mix: a.mix, norm: a.norm)
  var oa = sgd(lr: 0.1)
  var ob = sgd(lr: 0.1)
  let la = minimize sum(a(x)^2) + 0 * sum(a(x)) over a using oa
  let lb = minimize sum(b(x)^2) + 0 * sum(b(x)) over b using ob
  expect la == lb, "the same loss"
  expect max(abs(a.mix.w - b.mix.w)) == 0, "the same update"
  expect max(abs(a.norm.middle - b.norm.middle)) == 0, "the same buffer"
  expect max(abs(a.norm.middle)) > 0, "which has moved"
  let t = values[batch](1.2, 1.5, 2.0, 3.0)
  let d = (grad(grow)(f64(t) + 1e-5) - grad(grow)(f64(t) - 1e-5)) / 2e-5
  expect max(abs(grad(grad(grow))(f64(t)) - d) / (1 + abs(d))) < 1e-6, "twice through a while"
  let s = slopes(f64(t), 1.0, 2.0)
  expect max(abs(s.a - grad(grow)(f64(t)))) < 1e-9 and max(abs(s.b - 2 * s.a)) < 1e-9, "the linear map, called twice"
  let z = values[batch](-1.0, 0.0, 4.0, 9.0)
  expect max(abs(grad(careful)(z) - values[batch](0.0, 0.0, 0.25, 1.0 / 6))) < 1e-6, "the root stays behind its guard"
}
