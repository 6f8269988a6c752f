// Experiments built as executables, for tests/embed: `inputs` makes what they are given, `agrees` does the same steps
// and compares.
use nn
use optim

axis n = 4, src = #n

experiment inputs() {
  save((x: f32(normal[n])), "in.npz")
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
}
