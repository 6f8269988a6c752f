// Learning in deep linear networks. Saxe, McClelland, Ganguli, "Exact solutions to the nonlinear dynamics of learning in
// deep linear neural networks", ICLR 2014 (arXiv 1312.6120).
//
// Gradient descent on y = W2 W1 x with whitened inputs and aligned weights: each singular mode s of the input-output
// correlation follows a(t) = s e^{2st} / (e^{2st} - 1 + s/a0), a plateau and then a rise at t = ln(s/a0 - 1) / 2s.
// Shown: the simulated modes against the closed form; halving the rate doubles the times; with correlated inputs the
// closed form no longer holds. Depth: from an orthogonal start 32 layers learn as fast as 2, from a Gaussian one they
// do not learn at all.
//
// The orthogonal start is turned to the target's directions, as pre-training leaves it. Measured, seeds 0, 1, 2: modes
// within 0.5 % of the closed form, half learnt after 727, 1039, 1336, 1902 and 3455 steps; 73 steps for 2 layers and 4
// for 32 from the orthogonal start, 384 to 466 for 2 and never for 8 from the Gaussian one.
//
// plexus run examples/papers/deep_linear.plx --seed 1

axis mode = 5, ins = 8, hid = 16, outs = 7

/// Orthonormal columns, by Gram and Schmidt, twice for accuracy.
fn orthonormal[n, m](g: [n, m]) -> [n, m] {
  var q = 0 * g
  for j in m {
    let v = g[m: j]
    let rest = v - q @[m] (q @[n] v)
    let again = rest - q @[m] (q @[n] rest)
    let column = again / norm[n](again)
    q = if (m == j)[+n] then column[+m] else q
  }
  q
}

/// Strengths of the modes in the product of the weights.
fn strength(w1: f64[hid, ins], w2: f64[outs, hid], u: f64[outs, mode], v: f64[ins, mode]) -> f64[mode] {
  sum[outs](u * (w2 @[hid] (w1 @[ins] v)))
}

/// Gradient descent by hand, all steps: the strengths on the way.
fn descent[step](w1: f64[hid, ins], w2: f64[outs, hid], target: f64[outs, ins], input: f64[ins, ins'], u: f64[outs, mode],
                 v: f64[ins, mode], lr: f64[]) -> f64[step, mode] {
  var a = w1
  var b = w2
  for t in step {
    let now = strength(a, b, u, v)
    let error = target - ((b @[hid] a) @[ins] input)[ins' -> ins]
    let da = b @[outs] error
    let db = error @[ins] a
    a = a + lr * da
    b = b + lr * db
    yield now
  }
}

fn closed[step](s: f64[mode], a0: f64[], lr: f64[]) -> f64[step, mode] {
  let grown = exp(2 * s[+step] * lr * real(step)[+mode])
  s * grown / (grown - 1 + (s / a0)[+step])
}

/// The first step at which each mode is half learnt.
fn half_time[step](a: f64[step, mode], s: f64[mode]) -> f64[mode] {
  sum[step](f64(real(a < s / 2)))
}

experiment two_layers(a0: real) {
  axis step = 8000
  let s = f64(values[mode](6.0, 4.0, 3.0, 2.0, 1.0))
  let u = orthonormal[outs, mode](f64(normal[outs, mode]))
  let v = orthonormal[ins, mode](f64(normal[ins, mode]))
  let r = orthonormal[hid, mode](f64(normal[hid, mode]))
  let target = (u * s) @[mode] v
  let w1 = sqrt(a0) * (r @[mode] v)
  let w2 = sqrt(a0) * (u @[mode] r)
  let white = f64(real(ins == int(ins')))
  let lr = f64(1e-3)
  let a = descent[step](w1, w2, target, white, u, v, lr)
  let theory = closed[step](s, f64(a0), lr)
  expect max(abs(a - theory) / s) <= 0.01, "every mode follows the closed form"
  let half = half_time[step](a, s)
  let predicted = log(s / a0 - 1) / (2 * s * lr)
  print(half)
  expect max(abs(half - predicted) / predicted) <= 0.005, "modes rise at ln(s / a0 - 1) / 2s"
  let slow = half_time[step](descent[step](w1, w2, target, white, u, v, lr / 2), s)
  expect max(abs(slow / half - 2) * real(mode < 4)) <= 0.01, "at half the rate they take twice as long"
  let mix = white + 0.2 * f64(normal[ins, ins'])
  axis other = 8
  let correlated = mix[ins' -> other] @[other] mix[ins -> ins', ins' -> other]
  let tilted = descent[step](w1, w2, target, correlated, u, v, lr)
  expect max(abs(tilted - theory) / s) > 0.05, "with correlated inputs the closed form does not hold"
}

// ---- depth ----

axis unit = 12

/// Steps of gradient descent until the product of `layer` matrices is within 5 % of the target; 1500 if it never is.
fn steps_needed[layer](start: f64[layer, unit, unit'], target: f64[unit, unit'], lr: f64[]) -> f64[] {
  var w = start
  var count = 0.0
  var error = f64(inf)
  while count < 1500 and error > 0.05 {
    let (loss, slope) = value_and_grad((v: f64[layer, unit, unit']) => distance[layer](v, target))(w)
    error = sqrt(2 * loss) / norm(target)
    w = w - lr * slope
    count += 1
    if not isfinite(error) { count = 1500.0 }
  }
  count
}

/// What all layers do together.
fn product[layer](w: f64[layer, unit, unit']) -> f64[unit, unit'] {
  axis mid = 12
  var all = f64(real(unit == int(unit')))
  for l in layer {
    all = w[layer: l][unit' -> mid] @[mid] all[unit -> mid]
  }
  all
}

fn distance[layer](w: f64[layer, unit, unit'], target: f64[unit, unit']) -> f64[] {
  sum((product[layer](w) - target)^2) / 2
}

/// The last layer turned so that together they are `aim`, the directions of the target.
fn aimed[layer](w: f64[layer, unit, unit'], aim: f64[unit, unit']) -> f64[layer, unit, unit'] {
  axis mid = 12, last = 12
  let turn = aim[unit' -> mid] @[mid] product[layer](w)[unit -> last, unit' -> mid]
  if (layer == #layer - 1)[+unit, +unit'] then turn @[last] w[unit -> last] else w
}

/// The best over rates, from an orthogonal start and from a Gaussian one.
experiment depth[layer](target: f64[unit, unit'], aim: f64[unit, unit']) {
  axis rank = 12, rate = 4
  let lr = f64(values[rate](3e-4, 1e-3, 3e-3, 1e-2))
  let g = f64(normal[layer, unit, rank])
  let turned = aimed[layer](orthonormal[unit, rank](g)[rank -> unit'], aim)
  let loose = g[rank -> unit'] / sqrt(12.0)
  (orthogonal: min(steps_needed[layer](turned[+rate], target[+rate], lr)),
   gaussian: min(steps_needed[layer](loose[+rate], target[+rate], lr)))
}

experiment deep_linear() {
  axis rank = 12, two = 2, eight = 8, deep = 32
  two_layers(1e-3)
  let u = orthonormal[unit, rank](f64(normal[unit, rank]))
  let v = orthonormal[unit, rank](f64(normal[unit, rank]))
  let target = (u * (1 + f64(real(rank)) / 11)) @[rank] v[unit -> unit']
  let aim = u @[rank] v[unit -> unit']
  let shallow = depth[two](target, aim)
  let middle = depth[eight](target, aim)
  let far = depth[deep](target, aim)
  print(shallow, middle, far)
  expect far.orthogonal <= 2 * shallow.orthogonal + 50, "an orthogonal start learns 32 layers as fast as 2"
  expect middle.gaussian >= 1500, "a Gaussian one does not learn 8"
  expect far.gaussian >= 1500, "nor 32"
}
