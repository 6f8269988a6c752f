// RUN: plexus run %s
// Strided, dilated and padded: <Kx, y> = <x, K'y>, and the transposed convolution by a sum into another axis is K'.
fn conv[h, w, cin -> o, v, cout, kh = 3, kw = 3](x: [cin, h, w], k: [cin, kh, kw, cout]) -> [cout, o, v] {
  require #o == (#h + 2 - #kh) div 2 + 1
  require #v == #w + 4 - 2 * (#kw - 1)
  x[h: 2 * o + kh - 1 else 0, w: v + 2 * kw - 2 else 0] @[cin, kh, kw] k
}
fn both[h, w, cin -> o, v, cout, kh, kw](x: [cin, h, w], k: [cin, kh, kw, cout], y: [cout, o, v]) -> (there: [], back: []) {
  require #o == (#h + 2 - #kh) div 2 + 1
  require #v == #w + 4 - 2 * (#kw - 1)
  let (z, pull) = vjp((x: [cin, h, w]) => conv[h, w, cin -> o, v, cout, kh, kw](x, k), x)
  (there: sum(z * y), back: sum(x * pull(y)))
}
fn spread[i -> o, k = 3](x: [i], w: [k]) -> [o] {
  require #o == 2 * #i + #k - 2
  sum[i, k -> o: 2 * i + k](x[+k] * w)
}
fn narrow[o -> i, k = 3](y: [o], w: [k]) -> [i] {
  require #o == 2 * #i + #k - 2
  y[o: 2 * i + k] @[k] w
}
experiment main() {
  axis h = 9, w = 8, o = 5, v = 8, cin = 2, cout = 3, kh = 3, kw = 3, i = 3, n = 7, tap = 3
  let x = f64(normal[cin, h, w] as x)
  let kernel = f64(normal[cin, kh, kw, cout] as k)
  let y = f64(normal[cout, o, v] as y)
  let r = both[h, w, cin -> o, v, cout, kh, kw](x, kernel, y)
  expect abs(r.there - r.back) < 1e-12, "the pullback is the adjoint"
  let up = spread[i -> n, tap](values[i](1.0, 2.0, 3.0), values[tap](1.0, 10.0, 100.0))
  print(up)
  let c = f64(normal[i] as c)
  let d = f64(normal[n] as d)
  let e = f64(normal[tap] as e)
  expect abs(sum(spread[i -> n, tap](c, e) * d) - sum(c * narrow[n -> i, tap](d, e))) < 1e-12, "transposed by hand"
}
