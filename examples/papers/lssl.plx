// Linear state-space layers. Gu and others, NeurIPS 2021 (arXiv 2110.13985).
//
// x' = A x + B u, y = C x + D u, made discrete by the bilinear rule. One layer is a recurrence, a convolution with the
// kernel C Ab^l Bb, and a differential equation. With HiPPO's A the state holds the whole past.
//
// Shown: the two views of a layer agree to rounding, and a convolution that wraps around does not; with one state the
// layer is a leaky gated cell; 32 states of HiPPO remember a signal of 256 steps, read out by ridge regression, where a
// random stable A and 32 leaky integrators lose most of it; the kernel differentiates as the recurrence does.
//
// Measured, seeds 0, 1, 2: the views agree to 2e-15; 0.9997 of the past for HiPPO, 0.20, 0.21, 0.17 for the random matrix,
// 0.20, 0.22, 0.18 for the integrators.
//
// plexus run examples/papers/lssl.plx --seed 1

/// HiPPO-LegS: -sqrt((2n+1)(2k+1)) below the diagonal, -(n+1) on it.
fn legs[n]() -> [n, n'] {
  let k = int(n')
  let below = -sqrt(real((2 * n + 1) * (2 * k + 1)))
  if n > k then below else if n == k then -(n + 1) else 0
}

fn legs_input[n]() -> [n] { sqrt(2.0 * n + 1) }

fn same[n]() -> [n, n'] { real(n == int(n')) }

/// The bilinear rule: Ab = (I - dt A / 2)^-1 (I + dt A / 2), a column of the solution for each column.
fn discrete[n](a: [n, n'], dt: []) -> [n, n'] {
  axis column = #n
  let left = same[n]() - dt / 2 * a
  let right = (same[n]() + dt / 2 * a)[n' -> column]
  solve[n](left, right)[n' -> n, column -> n']
}

fn discrete_input[n](a: [n, n'], b: [n], dt: []) -> [n] {
  solve[n](same[n]() - dt / 2 * a, dt * b)[n' -> n]
}

/// The layer as a recurrence.
fn recurrence[time, n](u: [time], ab: [n, n'], bb: [n], c: [n]) -> [time] {
  var x = 0 * bb
  for t in time {
    x = (ab @[n'] x[n -> n']) + bb * u[time: t]
    yield sum[n](c * x)
  }
}

/// The states that the input's impulse leaves: Bb, Ab Bb, Ab^2 Bb, …
fn responses[time, n](ab: [n, n'], bb: [n]) -> [time, n] {
  var x = bb
  for t in time {
    let now = x
    x = ab @[n'] x[n -> n']
    yield now
  }
}

/// The layer as a convolution: causal, with zeros before the beginning.
fn convolution[time](u: [time], kernel: [time]) -> [time] {
  axis back = #time
  let past = u[time: time - back else 0]
  past @[back] kernel[time -> back]
}

/// What a transform of the same length computes: the end comes around to the beginning.
fn circular[time](u: [time], kernel: [time]) -> [time] {
  axis back = #time
  u[time: wrap(time - back)] @[back] kernel[time -> back]
}

experiment two_views(dt: real) {
  axis step_of = 300, mode = 16
  let u = f64(normal[step_of])
  let c = f64(normal[mode])
  let step = f64(dt)
  let a = legs[mode]() + f64(zeros[mode, mode'])
  let ab = discrete[mode](a, step)
  let bb = discrete_input[mode](a, legs_input[mode]() + f64(zeros[mode]), step)
  let y = recurrence[step_of, mode](u, ab, bb, c)
  let kernel = responses[step_of, mode](ab, bb) @[mode] c
  let z = convolution[step_of](u, kernel)
  expect max(abs(y - z)) <= 1e-10 * max(abs(y)), "the recurrence is the convolution"
  expect max(abs(y - circular[step_of](u, kernel))) >= 0.1 * max(abs(y)), "one that wraps around is not"
  let by_turns = grad((w: [mode]) => sum(recurrence[step_of, mode](u, ab, bb, w)^2))(c)
  let by_kernel = grad((w: [mode]) => sum(convolution[step_of](u, responses[step_of, mode](ab, bb) @[mode] w)^2))(c)
  expect max(abs(by_turns - by_kernel)) <= 1e-9 * max(abs(by_turns)), "and has the same derivative"
}

experiment gate(dt: real) {
  axis step_of = 50, mode = 1
  let u = f64(normal[step_of])
  let step = f64(dt)
  let one = f64(ones[mode])
  let a = -1 * f64(ones[mode, mode'])
  let y = recurrence[step_of, mode](u, discrete[mode](a, step), discrete_input[mode](a, one, step), one)
  let s = step / (1 + step / 2)
  var h = f64(0.0)
  var apart = f64(0.0)
  for t in 0..50 {
    h = (1 - s) * h + s * u[step_of: clamp(t)]
    apart = max(apart, abs(h - y[step_of: clamp(t)]))
  }
  expect apart <= 1e-12, "with one state it is a leaky gated cell"
}

// ---- memory ----

axis time = 256, n = 32, wave = 8, signal = 600

/// The share of variance that a ridge regression explains on new signals, from the final states to the whole past.
fn remembered[n](x: [signal, n], u: [signal, time]) -> [] {
  axis entry = #n + 1, fit = 400, held = 200, one = 1
  let spread = sqrt(mean[signal]((x - mean[signal](x))^2))
  let scaled = concat[n, one -> entry]((x - mean[signal](x)) / spread, 1 + 0 * x[n: 0][+one])
  let known = scaled[signal: fit]
  let past = u[signal: fit]
  let gram = (known @[fit] known[entry -> entry']) + 1e-2 * same[entry]()
  let weights = solve[entry](gram, known @[fit] past)[entry' -> entry]
  let guess = scaled[signal: held + 400] @[entry] weights
  let truth = u[signal: held + 400]
  1 - mean[held, time]((guess - truth)^2) / mean[held, time]((truth - mean[held](truth))^2)
}

fn last_state[n](u: [time], ab: [n, n'], bb: [n]) -> [n] {
  var x = 0 * bb
  for t in time {
    x = (ab @[n'] x[n -> n']) + bb * u[time: t]
  }
  x
}

fn memory(u: [signal, time], a: [n, n'], b: [n], noise: [signal, n]) -> [] {
  let dt = 1.0 / #time
  let x = last_state[n](u, discrete[n](a, dt), discrete_input[n](a, b, dt))
  let spread = sqrt(mean[signal](x^2))
  remembered[n](x / spread + noise, u)
}

/// A bound on the real parts of the eigenvalues: the largest eigenvalue of the symmetric part, by powers.
fn abscissa(a: [n, n']) -> [] {
  let s = (a + a[n -> n', n' -> n]) / 2 + 4 * same[n]()
  var v = 1 + 0.3 * sin(real(n)) + 0 * a[n': 0]
  for i in 0..500 {
    let w = (s @[n] v)[n' -> n]
    v = w / norm[n](w)
  }
  norm[n'](s @[n] v) - 4
}

experiment memories(jitter: real) {
  let z = f64(normal[signal, wave])
  let w = f64(normal[signal, wave])
  let t = real(time) / #time
  let angle = 2 * pi * (real(wave) + 0.5)[+time] * t[+wave]
  let u = (z @[wave] cos(angle) + w @[wave] sin(angle)) / sqrt(8.0)
  let noise = jitter * f64(normal[signal, n])
  let hippo = memory(u, legs[n]() + f64(zeros[n, n']), legs_input[n]() + f64(zeros[n]), noise)
  let g = f64(normal[n, n']) / sqrt(32.0)
  let random = memory(u, g - (abscissa(g) + 0.5) * same[n](), f64(normal[n]), noise)
  let rate = exp(log(f64(0.1)) + (log(f64(10.0)) - log(f64(0.1))) * uniform[n])
  let leaky = memory(u, -rate[+n'] * same[n](), f64(ones[n]), noise)
  print(hippo, random, leaky)
  expect hippo >= 0.97, "HiPPO's state holds the whole past"
  expect random <= 0.5, "a random stable one does not"
  expect leaky <= 0.5, "nor do leaky integrators"
}

experiment lssl() {
  two_views(0.001)
  two_views(0.01)
  two_views(0.1)
  gate(0.1)
  memories(0.01)
}
