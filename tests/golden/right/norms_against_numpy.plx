// RUN: plexus test %s
// The norms over groups, channels and batches against NumPy: the sum, and the squares weighted along the last axis. What
// the buffers of a batch norm hold after a step, and that they are read outside of training.
use nn
use optim
axis n = 3, c = 4, h = 5
fn image[n, c, h]() -> f64[n, c, h] { f64(sin(real(7 * n + 3 * c * c + 11 * h * (c + 1)) / 10)) }
fn near(a, b) { abs(a - b) < 1e-6 * (1 + abs(b)) }
fn is(y: [n, c, h], total: real, squares: real) -> bool[] {
  near(sum[n, c, h](y), total) and near(sum[n, c, h](y * y * (1 + h)), squares)
}

test "norms" {
  let x = image[n, c, h]
  let scale = f64(1 + real(c) / 10)
  let shift = f64(real(c) / 5)
  let group = GroupNorm[c, h, groups: 2] with (scale: scale, shift: shift)
  expect is(group(x), 18.010235123927, 262.610254326293), "two groups of two channels"
  let instance = InstanceNorm[c, h] with (scale: scale, shift: shift)
  expect is(instance(x), 18, 257.389191645589), "each channel by itself"
  expect max(abs((GroupNorm[c, h, groups: 4] with (scale: scale, shift: shift))(x) - instance(x))) < 1e-12, "groups of one"
}

test "a batch norm moves its buffers" {
  let x = image[n, c, h]
  var net = map((v) => f64(v), BatchNorm[c, over: (n, h)])
  net.scale = f64(1 + real(c) / 10)
  net.shift = f64(real(c) / 5)
  expect is(train(net(x)), 18, 266.758610296809), "in training by what it sees"
  let before = net(x)
  expect max(abs(before - (x / sqrt(1 + f64(1e-5)) * net.scale + net.shift))) < 1e-7, "elsewhere by its buffers"
  var opt = sgd(lr: 0)
  minimize sum(net(x)) over net using opt
  print(net.average, net.spread)
  expect is(net(x), 23.383768025093, 165.313785726553), "which a step has moved by a tenth"
  expect count(net) == 8, "and which are not trained"
}
