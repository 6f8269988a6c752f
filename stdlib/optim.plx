// Optimizers: the update of one parameter p by its gradient g, with state of its own. And schedules.

/// Gradient descent with momentum, Nesterov's form of it, and weight decay (as part of the gradient).
/// Sutskever, Martens, Dahl, Hinton, ICML 2013.
optimizer sgd(lr: real = 0.01, momentum: real = 0, nesterov: bool = false, decay: real = 0)[a...](p: [a...], g: [a...]) -> [a...] {
  state v: [a...] = zeros
  let d = g + decay * p
  v = momentum * v + d
  p - lr * (if nesterov then d + momentum * v else v)
}

/// Steps in units of the gradient's own size, from running means of g and g². Weight decay is part of the gradient.
/// Kingma and Ba, ICLR 2015.
optimizer adam(lr: real = 1e-3, beta1: real = 0.9, beta2: real = 0.999, eps: real = 1e-8, decay: real = 0)[a...](p: [a...], g: [a...]) -> [a...] {
  state m: [a...] = zeros
  state v: [a...] = zeros
  state t: int = 0
  let d = g + decay * p
  t = t + 1
  m = beta1 * m + (1 - beta1) * d
  v = beta2 * v + (1 - beta2) * d * d
  let mean = m / -expm1(t * log(beta1))
  let square = v / -expm1(t * log(beta2))
  p - lr * mean / (sqrt(square) + eps)
}

/// adam with weight decay beside the gradient step. Loshchilov and Hutter, ICLR 2019.
optimizer adamw(lr: real = 1e-3, beta1: real = 0.9, beta2: real = 0.999, eps: real = 1e-8, decay: real = 0.01)[a...](p: [a...], g: [a...]) -> [a...] {
  state m: [a...] = zeros
  state v: [a...] = zeros
  state t: int = 0
  t = t + 1
  m = beta1 * m + (1 - beta1) * g
  v = beta2 * v + (1 - beta2) * g * g
  let mean = m / -expm1(t * log(beta1))
  let square = v / -expm1(t * log(beta2))
  p - lr * (mean / (sqrt(square) + eps) + decay * p)
}

/// The gradient over the root of the running mean of its square. Tieleman and Hinton, 2012.
optimizer rmsprop(lr: real = 0.01, rate: real = 0.99, eps: real = 1e-8, momentum: real = 0)[a...](p: [a...], g: [a...]) -> [a...] {
  state v: [a...] = zeros
  state b: [a...] = zeros
  v = rate * v + (1 - rate) * g * g
  b = momentum * b + g / (sqrt(v) + eps)
  p - lr * b
}

/// The gradient over the root of the sum of its squares so far. Duchi, Hazan, Singer, JMLR 12, 2011.
optimizer adagrad(lr: real = 0.01, eps: real = 1e-10)[a...](p: [a...], g: [a...]) -> [a...] {
  state v: [a...] = zeros
  v = v + g * g
  p - lr * g / (sqrt(v) + eps)
}

/// Steps of one size, by the sign of a running mean. Chen and others, NeurIPS 2023.
optimizer lion(lr: real = 1e-4, beta1: real = 0.9, beta2: real = 0.99, decay: real = 0.01)[a...](p: [a...], g: [a...]) -> [a...] {
  state m: [a...] = zeros
  let way = sign(beta1 * m + (1 - beta1) * g)
  m = beta2 * m + (1 - beta2) * g
  p - lr * (way + decay * p)
}

/// adamw whose step is as long as the parameter, times lr: layer by layer. You and others, ICLR 2020.
optimizer lamb(lr: real = 1e-3, beta1: real = 0.9, beta2: real = 0.999, eps: real = 1e-6, decay: real = 0.01)[a...](p: [a...], g: [a...]) -> [a...] {
  state m: [a...] = zeros
  state v: [a...] = zeros
  state t: int = 0
  t = t + 1
  m = beta1 * m + (1 - beta1) * g
  v = beta2 * v + (1 - beta2) * g * g
  let way = m / -expm1(t * log(beta1)) / (sqrt(v / -expm1(t * log(beta2))) + eps) + decay * p
  let long = norm(way)
  let own = norm(p)
  p - lr * (if long > 0 and own > 0 then own / long else 1) * way
}

/// Of matrices, from a to b: the running mean of the gradient made nearly orthogonal, by five steps of Newton and Schulz's
/// iteration with coefficients that drive all singular values to about 1. Jordan and others, "Muon", 2024.
optimizer muon(lr: real = 0.02, momentum: real = 0.95, nesterov: bool = true, decay: real = 0)[a, b](p: [a, b], g: [a, b]) -> [a, b] {
  state m: [a, b] = zeros
  m = momentum * m + g
  let way = if nesterov then g + momentum * m else m
  axis mid = #a
  var x = way / (norm(way) + 1e-7)
  for i in 0..5 {
    let square = x @[b] x[a -> a']
    let fourth = square[a' -> mid] @[mid] square[a -> mid]
    x = 3.4445 * x + (-4.775 * square + 2.0315 * fourth) @[a'] x[a -> a']
  }
  p - lr * (sqrt(max(1, #b / #a)) * x + decay * p)
}

/// Steps by the curvature that the last ten steps have seen (those along which the gradient grew), each parameter's by
/// itself: for that of all, flatten the model to one. There is no search along a line; the first step is no longer than lr.
/// Nocedal, Mathematics of Computation 35, 1980.
optimizer lbfgs(lr: real = 1)[a...](p: [a...], g: [a...]) -> [a...] {
  axis past = 10
  state t: int = 0
  state last: (p: [a...], g: [a...]) = (p: zeros, g: zeros)
  state moved: [past, a...] = zeros
  state grew: [past, a...] = zeros
  state curve: [past] = zeros
  let ds = p - last.p
  let dg = g - last.g
  let product = sum(ds * dg)
  if t > 0 and product > 1e-10 {
    moved = if past == #past - 1 then ds else moved[past: clamp(past + 1)]
    grew = if past == #past - 1 then dg else grew[past: clamp(past + 1)]
    curve = if past == #past - 1 then product else curve[past: clamp(past + 1)]
  }
  t = t + 1
  last = (p: p, g: g)
  let newest = sum(grew[past: #past - 1] ^ 2)
  var share = zeros[past]
  var way = g
  for i in past {
    let k = past(#past - 1 - i)
    let alpha = if curve[past: k] > 0 then sum(moved[past: k] * way) / curve[past: k] else 0
    share[past: k] = alpha
    way = way - alpha * grew[past: k]
  }
  way = way * (if newest > 0 then curve[past: #past - 1] / newest else min(1, 1 / sum(abs(g))))
  for k in past {
    let beta = if curve[past: k] > 0 then sum(grew[past: k] * way) / curve[past: k] else 0
    way = way + (share[past: k] - beta) * moved[past: k]
  }
  p - lr * way
}

// ---- schedules: the learning rate at a step, counted from 0 ----

/// The same at every step.
fn constant(step: real, peak: real = 1) -> real {
  peak
}

/// Half a cosine from peak down to least over `total` steps, and least from there on.
/// Loshchilov and Hutter, ICLR 2017.
fn cosine(step: real, total: real, peak: real = 1, least: real = 0) -> real {
  least + (peak - least) * 0.5 * (1 + cos(pi * min(max(step / total, 0), 1)))
}

/// A straight line from peak down to least over `total` steps, and least from there on.
fn linear(step: real, total: real, peak: real = 1, least: real = 0) -> real {
  peak + (least - peak) * min(max(step / total, 0), 1)
}

/// peak, times `factor` after every `every` steps.
fn step_decay(step: real, every: real, factor: real = 0.1, peak: real = 1) -> real {
  peak * factor ^ floor(step / every)
}

/// A straight line up to peak over the first `steps` steps, and peak from there on.
fn warmup(step: real, steps: real, peak: real = 1) -> real {
  peak * min((step + 1) / steps, 1)
}

/// Half a cosine from peak / 25 up to peak over the first `rise` of all steps, then one down to peak / 250000.
/// Smith and Topin, "Super-convergence", 2018.
fn one_cycle(step: real, total: real, peak: real = 1, rise: real = 0.3) -> real {
  let top = rise * total - 1
  let start = peak / 25
  let up = (1 - cos(pi * step / top)) / 2
  let down = (1 + cos(pi * min((step - top) / (total - 1 - top), 1))) / 2
  if step < top then start + (peak - start) * up else start / 10000 + (peak - start / 10000) * down
}

// ---- on the way: `net = opt(net, g |> clip(norm: 1))`, `slow = slow |> average(net, with: 0.999)` ----

fn _length(g) { norm(g) }

/// A gradient (a model, a record, a tensor) that is no longer than `norm` over all that it holds, its direction kept.
/// Pascanu, Mikolov, Bengio, ICML 2013.
fn clip(g, norm: real) {
  g * min(1, norm / _length(g))
}

/// Of a model and what came of it: the share `with` of the first and the rest of the second.
fn average(slow, net, with: real = 0.999) {
  with * slow + (1 - with) * net
}
