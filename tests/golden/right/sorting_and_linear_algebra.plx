// RUN: plexus run %s
// Sorting and linear algebra of the prelude, against what defines them.
axis n = 5, best = 2, bin = 3, k = 6
experiment main() {
  let x = values[k](3.0, 1.0, 2.0, 5.0, 4.0, 0.5)
  print(sort[k](x), median[k](x), quantile[k](x, 0.25))
  let t = topk[k -> best](x)
  print(t.value, t.position)
  print(histogram[k, bin](x, 0.0, 6.0))
  let a = f64(normal[n, n'])
  let b = f64(normal[n])
  axis mid = 5
  expect max(abs(a @[n'] solve[n](a, b)[n' -> n'] - b)) < 1e-9, "solve"
  let spd = (a[n' -> mid] @[mid] a[n -> n', n' -> mid]) + f64(real(n == int(n')))
  let l = cholesky[n](spd)
  expect max(abs(l[n' -> mid] @[mid] l[n -> n', n' -> mid] - spd)) < 1e-9, "cholesky"
  expect abs(logdet[n](spd) - log(det[n](spd))) < 1e-9, "logdet and det"
  expect max(abs(spd @[n'] inv[n](spd)[n -> mid] - f64(real(n == int(mid))))) < 1e-9, "inv"
  let d = grad((m: [n, n']) => logdet[n](m))(spd) - inv[n](spd)
  expect max(abs(d + d[n -> n', n' -> n])) < 1e-9, "the derivative of logdet is the inverse"
  expect abs(det[n](expm[n](0.1 * a)) - exp(0.1 * trace_of[n](a))) < 1e-9, "expm"
}
