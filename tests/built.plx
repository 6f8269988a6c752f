// Experiments built as executables, for tests/embed: `inputs` makes what they are given, `agrees` does the same steps
// and compares.
use nn

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
}
