// Monotone deep Boltzmann machines. Feng, Winston, Kolter, TMLR 2023 (arXiv 2307.04990).
//
// Variables with a few states each, coupled by Phi = blkdiag(A'A) - A'A with every block of A scaled to norm below
// sqrt(1 - m): then I - Phi >= m I, the mean-field free energy is strongly convex on the product of simplices, and its
// minimum is the one fixed point of q = softmax(Phi q + b). Forward-backward splitting finds it; the derivative is that
// of the fixed point, without unrolling.
//
// Shown: the bound on I - Phi; ten starts that end in one point, where the free energy never rose on the way; one
// variable at a time gets there too, all at once does not; without the bound there are many points; the gradient
// against differences.
//
// Measured, seeds 0, 1, 2: the largest eigenvalue 23.3, 22.8 and 25.3; ten starts agree to 4e-11, the
// gradient to 3e-10.
//
// plexus run examples/papers/monotone_boltzmann.plx --seed 1

axis item = 40, state = 3, rank = 2, start = 10

/// Each variable's block scaled to norm sqrt(1 - m) at most: the norm by powers of the small square matrix.
fn scaled[item, state, rank](a: [rank, item, state], m: real) -> [rank, item, state] {
  let square = a @[rank] a[state -> state']
  var v = 1 + 0 * a[rank: 0]
  for i in 0..2000 {
    let w = (square @[state] v)[state' -> state]
    v = w / norm[state](w)
  }
  let largest = norm[state]((square @[state] v)[state' -> state])
  a * min(sqrt((1 - m) / largest), 1)
}

/// Phi q: what the others say, nothing of one's own.
fn coupled(q: [item, state], a: [rank, item, state]) -> [item, state] {
  a @[rank] (a @[state] q) - a @[rank] (a @[item, state] q)
}

fn free_energy(q: [item, state], a: [rank, item, state], b: [item, state]) -> [] {
  sum[item, state](q * log(q) - b * q - q * coupled(q, a) / 2)
}

/// z with (1 - step) z + step log z = r, by Newton's method on log z, from above.
fn root(r: [], step: []) -> [] {
  var w = if r < 0 then r / step else log(1 + r / (1 - step))
  for i in 0..12 {
    let z = exp(w)
    w = w - ((1 - step) * z + step * w - r) / ((1 - step) * z + step)
  }
  exp(w)
}

/// The proximal step of sum z log z - |z|^2 / 2 on a simplex: its multiplier by Newton's method, from below.
fn prox[state](y: [state], step: []) -> [state] {
  var nu = 1 - max[state](y)
  for i in 0..25 {
    let z = root(y + nu - step, step)
    nu = nu - (sum[state](z) - 1) / sum[state](z / ((1 - step) * z + step))
  }
  root(y + nu - step, step)
}

fn forward_backward(q: [item, state], a: [rank, item, state], b: [item, state], step: []) -> [item, state] {
  prox[state]((1 - step) * q + step * (coupled(q, a) + b), step)
}

fn inferred(q0: [item, state], a: [rank, item, state], b: [item, state], step: []) -> [item, state] {
  fix q = forward_backward(q, a, b, step) from q0 within 1e-12 at most 3000
}

fn softmax_of[state](x: [state]) -> [state] {
  let up = exp(x - max[state](x))
  up / sum[state](up)
}

/// One variable after the other, in many rounds.
fn one_by_one(q0: [item, state], a: [rank, item, state], b: [item, state], rounds: int) -> [item, state] {
  var q = q0
  for round in 0..rounds {
    for i in item {
      q[item: i] = softmax_of[state]((coupled(q, a) + b)[item: i])
    }
  }
  q
}

fn all_at_once(q0: [item, state], a: [rank, item, state], b: [item, state]) -> (q: [item, state], step: []) {
  var q = q0
  for i in 0..300 { q = softmax_of[state](coupled(q, a) + b) }
  (q: q, step: max(abs(softmax_of[state](coupled(q, a) + b) - q)))
}

fn largest_rise(q0: [item, state], a: [rank, item, state], b: [item, state], step: []) -> [] {
  var q = q0
  var most = f64(-inf)
  for i in 0..200 {
    let next = forward_backward(q, a, b, step)
    most = max(most, free_energy(next, a, b) - free_energy(q, a, b))
    q = next
  }
  most
}

axis entry = 120

/// The largest eigenvalue of a symmetric matrix without negative ones, by powers.
fn farthest(a: [entry, entry']) -> [] {
  var v = 1 + 0.1 * sin(real(entry)) + 0 * a[entry': 0]
  for i in 0..3000 {
    let w = (a @[entry] v)[entry' -> entry]
    v = w / norm[entry](w)
  }
  norm[entry']((a @[entry] v))
}

experiment monotone_boltzmann() {
  let m = 0.1
  let a = scaled[item, state, rank](f64(normal[rank, item, state]), m)
  let b = f64(normal[item, state])
  let spread = softmax_of[state](3 * f64(normal[start, item, state]))

  // I - Phi as a matrix; it is at least m if a little less than m can be taken away and a Cholesky factor is left.
  let rows = a[(item, state) -> entry]
  let same = f64(real(entry == int(entry')))
  let own = f64(real(entry div 3 == entry' div 3))
  let lifted = same + (1 - own) * (rows @[rank] rows[entry -> entry'])
  expect max(abs(lifted - lifted[entry -> entry', entry' -> entry])) == 0, "Phi is symmetric"
  let size = farthest(lifted)
  expect all(isfinite(cholesky[entry](lifted - (m - 1e-8) * same))), "I - Phi is at least m: less of it leaves a Cholesky factor"
  let beyond = cholesky[entry](lifted - (m + 1e-3) * same)
  expect any(not isfinite(beyond)), "and more of it does not"
  print(size)
  let step = 1 / (1.02 * size)

  let q = inferred(spread, a, b, step)
  expect max(abs(q - q[start: 0])) <= 1e-8, "ten starts end in one point"
  expect max(abs(softmax_of[state](coupled(q, a) + b) - q)) <= 1e-8, "which is the mean field's"
  expect max(largest_rise(spread, a, b, step)) <= 1e-12, "the free energy never rises on the way"
  expect max(abs(one_by_one(spread[start: 0], a, b, 400) - q[start: 0])) <= 1e-8, "one variable at a time gets there too"
  expect all_at_once(spread[start: 0], a, b).step >= 0.5, "all at once goes to and fro"

  let wild = f64(normal[rank, item, state]) * 3
  let ends = one_by_one(spread, wild, b, 60)
  expect max(abs(ends - ends[start: 0])) >= 0.5, "without the bound there are several points"

  let along = f64(normal[item, state])
  let f = (c: [item, state]) => sum[item, state](inferred(spread[start: 0], a, c, step)^2)
  let slope = sum(grad(f)(b) * along)
  let difference = (f(b + 1e-5 * along) - f(b - 1e-5 * along)) / 2e-5
  expect abs(slope - difference) <= 1e-4 * abs(difference), "the gradient of the fixed point is that of differences"
}
