// RUN: plexus run %s
// A header's axis is the body's own, though it is bound to an axis that the body names from around it, or to such a twin.
axis a = 3, b = 2
fn f[k](x: [k]) -> [k] { x * sum[a](x[+a]) }
block B[k](x: [k]) -> [k] {
  param w: [k, a] = ones[k, a]
  x * sum[a](x[+a] * w)
}
fn g[k, m](x: [k, m]) -> [k, m] { x + sum[k'](real(k')) }
experiment e() {
  let x = real(a)
  expect all(f[a](x) == 3 * x * x), "of a function"
  let net = B[a]
  expect all(net(x) == 3 * x * x), "of a block"
  expect all(grad((v: [a]) => sum[a](net(v)))(x) == 6 * x), "and under a derivative"
  let y = real(b[+b'] * b')
  expect all(g[b, b'](y) == y + 1), "and of a twin"
}
