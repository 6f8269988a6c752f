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
