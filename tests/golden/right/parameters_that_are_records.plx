// RUN: plexus test %s --out %t/x
// Parameters, buffers and states that are records or tuples: leaf by leaf in values, files, gradients, optimizers and `with`.
use nn
use optim

axis n = 3, m = 2, batch = 4

block Two[n -> m, over](x: [n, over]) -> [m, over] {
  type Weights = (a: [n, m], b: [m])
  param w: Weights = (a: normal[n, m], b: normal[m])
  param t: ([m], (gain: [], tilt: [m])) = (zeros, (tilt: 0.5 * normal[m](), gain: 1))
  param z: (p: [m], q: []) = 0
  buffer seen: (calls: [], last: [n]) = zeros
  seen.calls = seen.calls + 1
  seen.last = mean[over](x)
  let (offset, scale) = t
  (x @[n] w.a + w.b[+over] + offset[+over]) * scale.gain + scale.tilt[+over] + z.p[+over] + z.q
}

block Deep[n, depth](x: [n]) -> [n] {
  var y = x
  repeat layer in depth {
    param w: (k: [n, n'], b: [n]) = (k: glorot[n -> n'], b: zeros)
    y = tanh((y @[n] w.k)[n' -> n] + w.b)
  }
  y
}

block Same[n](x: [n]) -> [n] {
  param u: ([n], [n]) = (normal[n](), normal[n]())
  let (a, b) = u
  x * a + b
}

block Affine[n -> m](x: [n]) -> [m] {
  param w: (a: [n, m], b: [m])
  x @[n] w.a + w.b
}

fn hyper[n, m](x: [n], w: (a: [n, m], b: [m])) -> [m] { (Affine[n -> m] with (w: w))(x) }
fn linear[n, m](x: [n], a: [n, m]) -> [m] { (Affine[n -> m] with (w: (b: 0, a: a)))(x) }

optimizer heavy(lr: real)[a...](p: [a...], g: [a...]) -> [a...] {
  state s: (v: [a...], steps: []) = zeros
  s.v = 0.9 * s.v + g
  s.steps = s.steps + 1
  p - lr * s.v / sqrt(s.steps)
}

optimizer plain_heavy(lr: real)[a...](p: [a...], g: [a...]) -> [a...] {
  state v: [a...] = zeros
  state steps: [] = zeros
  v = 0.9 * v + g
  steps = steps + 1
  p - lr * v / sqrt(steps)
}

test "trained, counted, saved and loaded" {
  var net = Two[n -> m, over: batch]
  var twin = net
  var opt = heavy(lr: 0.05)
  let x = normal[batch, n]() as x
  let y = normal[batch, m]() as y
  expect count(net) == 16, "buffers are not counted"
  expect any(net.w.a[m: 0] != net.w.b[m: 0]) and net.seen.calls == 0, "first values, drawn by path"
  let before = mse(net(x), y)
  for i in 0..100 {
    minimize mse(net(x), y) over net using opt
    minimize mse(twin(x), y) over twin using plain_heavy(lr: 0.05)
  }
  expect mse(net(x), y) < before / 2, "it learns"
  expect max(abs(net.w.a - twin.w.a)) == 0, "a state that is a record is its parts"
  expect net.seen.calls == 100, "a record of buffers moves"
  expect max(abs(net.seen.last - mean[batch](x))) < 1e-6, "both of its parts"
  expect norm(grad((f) => mse(f(x), y))(net)) < 10, "a gradient's norm is without the buffers"
  save(net, "two.safetensors")
  save(opt, "heavy.safetensors")
  let (kept, at) = (net.w, opt.lr)
  minimize mse(net(x), y) over net using opt
  let next = net.w
  net = load("two.safetensors")
  opt = load("heavy.safetensors")
  expect opt.lr == at and max(abs(net.w.a - kept.a)) == 0, "back where they were saved"
  minimize mse(net(x), y) over net using opt
  expect max(abs(next.a - net.w.a)) == 0, "a step after loading is the step that was taken"
  net = load("two.safetensors")
  var other = Two[n -> m, over: batch]
  other = load("two.safetensors")
  expect max(abs(other(x) - net(x))) == 0, "loaded"
  let part: (a: [n, m], b: [m]) = load("two.safetensors", part: "w")
  expect max(abs(part.a - net.w.a)) == 0, "a record of the file is a record of the language"
}

test "gradients, arithmetic, parts" {
  var net = Two[n -> m, over: batch]
  let x = normal[batch, n]() as x
  let y = normal[batch, m]() as y
  let g = grad((f) => mse(f(x), y))(net)
  let by_hand = grad((b: [m]) => mse((net with (w.b: b))(x), y))(net.w.b)
  expect max(abs(g.w.b - by_hand)) < 1e-6, "a leaf's gradient is at its path"
  let moved = net - 0.1 * g
  expect max(abs(moved.w.a - (net.w.a - 0.1 * g.w.a))) == 0, "arithmetic leaf by leaf"
  let cut = net with (w.a: 0)
  expect norm(cut.w.a) == 0 and norm(cut.w.b) > 0, "one leaf by its path"
  let all = net with (w: (b: zeros[m], a: ones[n, m]))
  expect min(all.w.a) == 1 and max(abs(all.w.b)) == 0, "a record by its name"
  net.w.b = 7
  net.z = 0.5
  net.w = 0.5 * net.w
  expect min(net.w.b) == 3.5 and min(net.z.p) == 0.5, "assigned"
  let t = trace net(x)
  expect t.after.seen.calls == 1 and net.seen.calls == 0, "traced"
  let w = net.w
  minimize mse(net(x), y) over net.t using heavy(lr: 0.1)
  minimize mse(net(x), y) over net except net.w using heavy(lr: 0.1)
  expect max(abs(net.w.a - w.a)) == 0, "parts that are records are trained, or left out"
  axis p = 16
  expect max(abs(unflatten[p](flatten[p](net), like: net)(x) - net(x))) == 0, "flat and back"
}

test "in a repeat, in a tuple, supplied" {
  axis depth = 3
  var deep = Deep[n, depth]
  let x = normal[batch, n]() as x
  expect count(deep) == 36, "a record for each turn"
  expect any(deep.layer.w.k[depth: 0] != deep.layer.w.k[depth: 1]), "each with draws of its own"
  let before = norm(deep(x))
  minimize norm(deep(x)) over deep using adamw(lr: 0.01)
  expect norm(deep(x)) < before, "trained"
  let (a, b) = Same[n].u
  expect any(a != b), "the parts of a tuple draw by their number"
  let k = normal[batch, n, m]() as k
  expect max(abs(hyper[n, m](x, (a: k, b: ones[m])) - linear[n, m](x, k) - 1)) < 1e-6, "supplied, and lifted"
}
