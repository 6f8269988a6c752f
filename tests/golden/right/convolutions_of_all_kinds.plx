// RUN: plexus test %s
// Convolutions with strides, gaps and groups, in one to three dimensions, and their transposes, against loops in NumPy;
// the sum and the sum of squares of each. A gradient by finite differences; a net with a stride lifted over two axes.
use nn
axis h = 7, w = 6, oh = 4, ow = 3, c = 4, d = 6
fn image[c, h, w]() -> f64[c, h, w] { f64(sin(real(7 * c + 3 * h * h + 11 * w) / 10)) }
fn kernel[c, kh, kw, d]() -> f64[c, kh, kw, d] { f64(sin(real(5 * c + 13 * kh + 2 * kw * kw + 17 * d) / 10)) }
fn line[c, t]() -> f64[c, t] { f64(sin(real(7 * c + 3 * t * t) / 10)) }
fn short[c, kt, d]() -> f64[c, kt, d] { f64(sin(real(5 * c + 13 * kt + 17 * d) / 10)) }
fn is(y, total: real, squares: real) { abs(sum(y) - total) < 1e-9 and abs(sum(y * y) - squares) < 1e-7 }

test "two dimensions" {
  let x = image[c, h, w]
  let b = f64(real(d) / 10)
  let plain = Conv2d[h, w, c -> d] with (k: kernel[cin, kh, kw, cout], b: b)
  expect is(plain(x), 65.025236153154, 11311.414221484156), "as it is"
  let strided = Conv2d[h, w, c -> d, step: 2, oh: oh, ow: ow] with (k: kernel[cin, kh, kw, cout], b: b)
  expect is(strided(x), 19.137887258410, 3055.897274718573), "every second place"
  let wide = Conv2d[h, w, c -> d, dilation: 2] with (k: kernel[cin, kh, kw, cout], b: b)
  expect is(wide(x), 68.448443607078, 1326.744893248488), "with gaps"
  let grouped = Conv2d[h, w, c -> d, groups: 2] with (parts: kernel[part, kh, kw, cout], b: b)
  expect is(grouped(x), 61.100158565547, 3063.889655782062), "two groups"
  let all = Conv2d[h, w, c -> d, step: 2, dilation: 2, groups: 2, oh: oh, ow: ow] with (parts: kernel[part, kh, kw, cout], b: b)
  expect is(all(x), 18.434960988548, 138.610400396217), "all of it"
}

test "one dimension and three" {
  axis t = 9, third = 3, half = 5, many = 8, two = 2
  let x = line[c, t]
  let plain = Conv1d[t, c -> d, 4] with (k: short[cin, kt, cout], b: f64(real(d) / 10))
  expect is(plain(x), 7.410821028581, 604.840612156600), "an even kernel reaches back"
  let strided = Conv1d[t, c -> d, 4, step: 3, ot: third] with (k: short[cin, kt, cout], b: f64(real(d) / 10))
  expect is(strided(x), 7.966423960668, 228.719673093101), "every third place"
  let each = Conv1d[t, c -> many, 4, step: 2, groups: 4, ot: half] with (parts: short[part, kt, cout], b: f64(real(many) / 10))
  expect is(each(x), 12.884419021936, 41.635604019372), "two kernels for each channel"
  axis back = 3, high = 4, across = 5, o = 4, b2 = 2, h2 = 2, a2 = 3
  let u = f64(sin(real(7 * two + 2 * back + 3 * high * high + 11 * across) / 10))
  let b = f64(real(o) / 10)
  let cube = Conv3d[back, high, across, two -> o, 3, 2, 3] with (k: f64(sin(real(5 * cin + 3 * kd + 13 * kh + 2 * kw * kw + 17 * cout) / 10)), b: b)
  expect is(cube(u), 12.163835807690, 12257.172939368586), "three dimensions"
  let apart = Conv3d[back, high, across, two -> o, 3, 2, 3, step: 2, od: b2, oh: h2, ow: a2]
    with (k: f64(sin(real(5 * cin + 3 * kd + 13 * kh + 2 * kw * kw + 17 * cout) / 10)), b: b)
  expect is(apart(u), 5.854361054150, 1286.498546139508), "every second place"
  let grouped = Conv3d[back, high, across, two -> o, 3, 2, 3, groups: 2]
    with (parts: f64(sin(real(5 * part + 3 * kd + 13 * kh + 2 * kw * kw + 17 * cout) / 10)), b: b)
  expect is(grouped(u), 86.647919953072, 3102.418896062914), "two groups"
}

test "transposes" {
  axis even = 8, six = 6, odd = 7, five = 5, third = 3, t = 9
  let x = image[c, oh, ow]
  let b = f64(real(d) / 10)
  let up = ConvTranspose2d[oh, ow, c -> d, even, six] with (k: kernel[cin, kh, kw, cout], b: b)
  expect is(up(x), 83.831937041587, 617.368762859196), "every second place"
  let wide = ConvTranspose2d[oh, ow, c -> d, odd, five, dilation: 2] with (k: kernel[cin, kh, kw, cout], b: b)
  expect is(wide(x), 44.120721282289, 534.932005718227), "with gaps, onto odd sizes"
  let long = ConvTranspose1d[third, c -> d, t, 4, step: 3] with (k: short[cin, kt, cout], b: b)
  expect is(long(line[c, third]), 7.562265114925, 134.571760584988), "one dimension"
}

test "gradients, lifted" {
  axis batch = 2, pair = 2, even = 8, six = 6
  let net = map((v) => f64(v), Conv2d[h, w, c -> d, step: 2, groups: 2, oh: oh, ow: ow])
  let up = map((v) => f64(v), ConvTranspose2d[oh, ow, d -> c, even, six])
  let x = image[c, h, w]
  fn loss(u: f64[c, h, w]) -> [] { sum(sin(up(net(u)))) }
  let g = grad(loss)(x)
  let way = f64(normal[c, h, w])
  let slope = (loss(x + 1e-5 * way) - loss(x - 1e-5 * way)) / 2e-5
  expect abs(sum(g * way) - slope) < 1e-6, "along any direction"
  let many = f64(normal[batch, pair, c, h, w])
  expect max(abs(up(net(many))[batch: 1, pair: 0] - up(net(many[batch: 1, pair: 0])))) < 1e-12, "for each position"
}
