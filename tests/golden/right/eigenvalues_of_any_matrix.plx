// RUN: plexus run %s
// Eigenvalues that may be complex, for each position of an axis passed by, with derivatives of any order.
axis n = 5, mode = #n, batch = 3, two = 2, m2 = 2
fn read[n](a: [n, n']) -> [] {
  axis k = #n
  let x = eigvals[n -> k](a)
  sum[k](real(exp(0.3 * x)) * cos(k) + imag(x)^2 * sin(k))
}
experiment main() {
  print(eigvals[two -> m2](values[two, two'](0.0, -1, 1, 0)), eigvals[two -> m2](f64(values[two, two'](2, 1, 0, -3))))
  let a = f64(normal[batch, n, n'] as a)
  let t = f64(normal[batch, n, n'] as t)
  let x = eigvals[n -> mode](a)
  expect max(abs(sum[mode](x) - trace_of[n](a))) < 1e-9, "their sum is the trace"
  expect max(abs(real(prod_of[mode](x)) - det[n](a))) < 1e-9, "their product the determinant"
  expect any(imag(x) != 0) and all(real(x)[mode: clamp(mode + 1)] >= real(x)), "complex, by ascending real part"
  let g = grad(read[n])(a)
  let h = 1e-5
  let slope = (read[n](a + h * t) - read[n](a - h * t)) / (2 * h)
  expect max(abs(sum[n, n'](g * t) - slope)) < 1e-7, "the gradient along a direction"
  let (value, forward) = jvp(read[n], a, t)
  expect max(abs(forward - slope)) < 1e-7, "forward mode"
  let bent = (grad(read[n])(a + h * t) - grad(read[n])(a - h * t)) / (2 * h)
  expect max(abs(hvp(read[n], a, t) - bent) / (1 + abs(bent))) < 1e-7, "second derivatives"
}
fn prod_of[k](x: c128[k]) -> c128[] {
  var p = complex(f64(1), f64(0))
  for i in k {
    p = p * x[k: i]
  }
  p
}
