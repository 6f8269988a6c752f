// RUN: plexus run %s --out %t/run && "$PLEXUS" dump %s 'pull[h: 9, w: 12, oh: 5, ow: 6, cin: 3, cout: 4, kh: 3, kw: 2, step: 2, wide: 1]' --after schedule | grep -c scatter; true
// The pullback of a convolution with respect to its image is read from the result, not scattered into the image: the
// same for strides, dilations, and windows that leave out the last pixels. <conv x, y> = <x, pull y> for any x and y.
fn conv[h, w, oh, ow, cin, cout, kh, kw, step: int, wide: int](x: [cin, h, w], k: [cin, kh, kw, cout]) -> [cout, oh, ow] {
  let patch = x[h: step * oh + wide * kh - 1 else 0, w: step * ow + wide * kw - 1 else 0]
  patch @[cin, kh, kw] k
}

fn pull[h, w, oh, ow, cin, cout, kh, kw, step: int, wide: int](x: [cin, h, w], k: [cin, kh, kw, cout], y: [cout, oh, ow]) -> [cin, h, w] {
  let (value, back) = vjp((q: [cin, h, w]) => conv[h, w, oh, ow, cin, cout, kh, kw, step, wide](q, k), x)
  back(y)
}

experiment all() {
  axis cin = 3, cout = 4, kh = 3, kw = 2, h = 9, w = 12, oh = 5, ow = 6
  let x = f64(normal[cin, h, w])
  let k = f64(normal[cin, kh, kw, cout])
  let y = f64(normal[cout, oh, ow])
  let one = conv[.., step: 1, wide: 1](x, k)
  expect abs(sum(one * y) - sum(x * pull[.., step: 1, wide: 1](x, k, y))) < 1e-10, "windows side by side"
  let two = conv[.., step: 2, wide: 1](x, k)
  expect abs(sum(two * y) - sum(x * pull[.., step: 2, wide: 1](x, k, y))) < 1e-10, "every second window"
  let apart = conv[.., step: 1, wide: 3](x, k)
  expect abs(sum(apart * y) - sum(x * pull[.., step: 1, wide: 3](x, k, y))) < 1e-10, "windows with gaps"
  let both = conv[.., step: 3, wide: 2](x, k)
  expect abs(sum(both * y) - sum(x * pull[.., step: 3, wide: 2](x, k, y))) < 1e-10, "both"
  let second = grad((q: f64[cin, h, w]) => { let z = conv[.., step: 2, wide: 1](q, k); sum(z * z * z) })
  let (slope, curve) = jvp(second, x, x)
  expect max(abs(curve - 2 * slope)) < 1e-9, "and the derivative of the pullback"
}
