// Experiments built as executables, for tests/embed: `inputs` makes what they are given, `agrees` does the same steps
// and compares.
use nn
use optim

axis n = 4, src = #n

experiment inputs() {
  save((x: f32(normal[n])), "in.npz")
  let net = Two[n -> src]
  let x = f32(normal[n])
  let z = f32(normal[n])
  save((p: (x: x, scale: (z, 0.5)), net: (w: net.w), p_x: 2 * x, flag: true, k: 3, at: argmax[n](x)), "parts.npz")
}

block Two[n -> m](x: [n]) -> [m] {
  param w: (a: [n, m], b: [m]) = (a: normal[n, m], b: normal[m])
  x @[n] w.a + w.b
}

/// Records, a model, numbers and flags from outside, and two names that are one in C.
experiment parts(p: (x: [n], scale: ([n], real)), net: Two[n -> src], p_x: [n], flag: bool, k: int, at: n[]) {
  let (z, half) = p.scale
  var calls = 0
  calls += 1
  let y = if flag then half * net(p.x * z) + real(k) else net(p_x)
  (y: y, inner: (p_x[n: at], (p.x, real(calls))))
}

/// State under a guard, of which one changes.
experiment guarded(x: [n]) {
  let p = softmax[src where src <= n](f32(src)[+n])
  var q = softmax[src where src <= n](f32(src)[+n])
  q = q * (1 + 0 * x)
  (kept: max[src](-p), moved: max[src](-q))
}

block Deep[n, depth](x: [n]) -> [n] {
  var y = x
  repeat layer in depth {
    param w: (k: [n, n'], b: [n]) = (k: glorot[n -> n'], b: 0)
    let z = (y @[n] w.k)[n' -> n] + w.b
    y = y + (tanh(z) |> Dropout(rate: 0.3) as drop)
  }
  y
}

/// As many layers as the caller says.
experiment deep[depth](x: [n]) {
  var net = Deep[n, depth]
  var opt = adamw(lr: 0.1)
  let loss = minimize mean(net(x) * net(x)) over net using opt
  (loss: loss, now: net(x))
}

fn line(w, slope) {
  let twice = slope * w
  (x: [n]) => twice * x
}

fn bent(w: [n]) -> [n] { sin(w) * w }

/// Functions among the state: what they hold was there before the first step.
experiment closures(x: [n]) {
  let w = f32(normal[n])
  var moving = f32(normal[n])
  let f = line(w, 2.0)
  let g = line(moving, 3.0)
  let (y, back) = vjp(bent, w)
  let (z, push) = linearize(bent, moving)
  let both = (f: (v) => f(v) + g(v), at: vjp(bent, 2 * w))
  moving = moving + 1
  let (value, pull) = both.at
  (f: both.f(x), back: back(x), push: push(x), y: y + z + value, pull: pull(x))
}

/// What the turns of a repeat of open size make inside.
experiment looked[depth](x: [n]) {
  let one = Deep[n, depth]
  var calls = 0
  calls += 1
  let t = trace one(x)
  t.layer.z
}

experiment agrees() {
  let data: (x: f32[n]) = load("in.npz")
  let p = softmax[src where src <= n](f32(src)[+n])
  var q = softmax[src where src <= n](f32(src)[+n])
  for turn in 0..3 {
    q = q * (1 + 0 * data.x)
  }
  let got: (kept: f32[n], moved: f32[n]) = load("guarded.npz", part: "result")
  expect max(abs(got.kept - max[src](-p))) < 1e-6, "a state keeps its guard"
  expect max(abs(got.moved - max[src](-q))) < 1e-6, "one that changes, too"

  axis depth = 5
  var net = Deep[n, depth]
  var opt = adamw(lr: 0.1)
  var loss = 0.0
  for turn in 0..4 {
    loss = minimize mean(net(data.x) * net(data.x)) over net using opt
  }
  let grown: (loss: f32[], now: f32[n]) = load("deep.npz", part: "result")
  expect abs(grown.loss - loss) < 1e-6 and max(abs(grown.now - net(data.x))) < 1e-6, "a repeat of open size is a loop that does the same"

  let w = f32(normal[n])
  let moving = f32(normal[n])
  let (y, back) = vjp(bent, w)
  let (z, push) = linearize(bent, moving)
  let (value, pull) = vjp(bent, 2 * w)
  let held: (f: f32[n], back: f32[n], push: f32[n], y: f32[n], pull: f32[n]) = load("closures.npz", part: "result")
  expect max(abs(held.f - (2 * w + 3 * moving) * data.x)) < 1e-5, "a closure of the state holds what it held"
  expect max(abs(held.back - back(data.x))) < 1e-6 and max(abs(held.pull - pull(data.x))) < 1e-6, "so does a pullback"
  expect max(abs(held.push - push(data.x))) < 1e-6 and max(abs(held.y - (y + z + value))) < 1e-6, "and a linear map"

  let sent: (p: (x: f32[n], scale: (f32[n], f64)), net: (w: (a: f32[n, src], b: f32[src])), p_x: f32[n], at: i64[]) = load("parts.npz")
  let (scale, half) = sent.p.scale
  let two = Two[n -> src] with (w: sent.net.w)
  let given: (y: f32[src], inner: (f32[], (f32[n], f32[]))) = load("of_parts.npz", part: "result")
  let (greatest, rest) = given.inner
  let (as_given, calls) = rest
  expect max(abs(given.y - (half * two(sent.p.x * scale) + 3))) < 1e-6, "records, models, numbers and flags are arguments"
  expect greatest == sent.p_x[n: argmax[n](sent.p.x)] and calls == 1 and all(as_given == sent.p.x), "and results"

  let one = Deep[n, depth]
  let t = trace one(data.x)
  let inner: (result: f32[n, depth]) = load("looked.npz")
  expect max(abs(inner.result - t.layer.z)) < 1e-6, "a trace sees the turns of a loop stacked"
}
