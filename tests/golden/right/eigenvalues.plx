// RUN: plexus run %s
// Eigenvalues of symmetric matrices, one by one and for each position of an axis passed by, and their derivatives.
axis n = 7, mode = #n, batch = 3, one = 1, m1 = 1
fn symmetric[n](a: [n, n']) -> [n, n'] { (a + a[n -> n', n' -> n]) / 2 }
fn read[n](a: [n, n']) -> [] {
  axis k = #n
  let d = eigh[n -> k](a)
  sum[k](exp(0.3 * d.value) * cos(k)) + sum[n, k](d.vector^2 * cos(n + 2 * k))
}
experiment main() {
  let a = symmetric[n](f64(normal[batch, n, n'] as start)) + 3 * n * real(n == int(n'))
  let d = eigh[n -> mode](a)
  expect max(abs((d.vector * d.value) @[mode] d.vector[n -> n'] - a)) < 1e-12, "the matrix again"
  expect max(abs(d.vector[mode -> mode'] @[n] d.vector - real(mode == int(mode')))) < 1e-12, "vectors are orthonormal"
  expect all(d.value[mode: clamp(mode + 1)] >= d.value), "ascending"
  expect all(max[n](d.vector) >= max[n](-d.vector)), "the largest entry is positive"
  print(eigh[one -> m1](full[one, one'](-4.0)))
  print(eigh[n -> mode](real(n == int(n'))).value)
  expect all(isnan(eigh[n -> mode](full[n, n'](nan)).value)), "no number, no answer"

  let g = grad(read[n])(a)
  let t = symmetric[n](f64(normal[batch, n, n'] as turn))
  let h = 1e-5
  let slope = (read[n](a + h * t) - read[n](a - h * t)) / (2 * h)
  expect max(abs(sum[n, n'](g * t) - slope)) < 1e-7, "the gradient along a direction"
  let (value, forward) = jvp(read[n], a, t)
  expect max(abs(forward - slope)) < 1e-7, "forward mode"
  let bent = (grad(read[n])(a + h * t) - grad(read[n])(a - h * t)) / (2 * h)
  expect max(abs(hvp(read[n], a, t) - bent)) < 1e-7, "second derivatives"
}
