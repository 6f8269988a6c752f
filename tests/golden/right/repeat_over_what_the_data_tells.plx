// RUN: plexus test %s --out %t/x
// `repeat` over an axis whose size only the data tells: its turns keep to the count; its buffers move.
use nn
use optim

axis n = 4

block Deep[n, depth](x: [n]) -> [n] {
  var y = x
  repeat layer in depth {
    param bias: [n] = normal[n]
    let z = y + bias
    y = tanh(z)
  }
  y
}

fn by_hand[n, depth](x: [n], bias: [depth, n], turns: int) -> [n] {
  var y = x
  for t in depth {
    if t < turns { y = tanh(y + bias[depth: t]) }
  }
  y
}

/// As many turns as x has positive entries: inside of a block the count is a value.
block AsMany[n](x: [n]) -> [n] {
  axis kept <= #n
  let at = filter[n -> kept](x > 0)
  x |> Deep[n, depth: kept] as deep
}

/// A mean over a batch, kept turn by turn; its own and that of an instance.
block Centred[n, over](x: [n, over]) -> [n, over] {
  buffer middle: [n] = zeros
  let m = mean[over](x)
  middle = 0.5 * middle + 0.5 * m
  x - m[+over]
}

block Counting[n, over, depth](x: [n, over]) -> [n, over] {
  param gain: [n] = ones
  var y = x
  repeat layer in depth {
    buffer calls: (all: [], last: []) = zeros
    y = (tanh(y * gain[+over]) + real(layer)) |> Centred[n, over] as centred
    calls = (all: calls.all + 1, last: layer + 1.0)
  }
  y
}

test "an open axis, and one with a bound" {
  axis open, kept <= #n
  let i = filter[n -> open](n > 1)
  let k = filter[n -> kept](n > 1)
  let (a, b) = (Deep[n, open] as a, Deep[n, kept] as b)
  let x = f32(normal[n])
  expect all(a(x) == by_hand[n, open](x, a.layer.bias, 2)), "open"
  expect all(b(x) == by_hand[n, kept](x, b.layer.bias, 2)), "bounded"
  let t = trace b(x)
  expect all(tanh(t.layer.z[kept: 1]) == b(x)), "traced"
}

test "inside of a block" {
  let net = AsMany[n]
  let x = values[n](0.5, -1.0, 2.0, -0.25)
  let y = f32(x)
  expect max(abs(net(y) - by_hand[n, net.deep.depth](y, net.deep.layer.bias, 2))) < 1e-6, "two turns of four"
  let g = grad((m) => sum(m(y)))(net)
  let turn = max[n](abs(g.deep.layer.bias))
  expect turn[net.deep.depth: 1] > 0 and turn[net.deep.depth: 2] == 0, "turns that do not take place have no gradient"
}

test "buffers of the turns" {
  axis over = 5, depth = 3
  var net = Counting[n, over, depth]
  let x = f32(normal[n, over])
  let t = trace net(x)
  expect all(t.after.layer.calls.all == 1) and all(t.after.layer.calls.last == real(depth + 1)), "each its own"
  let first = mean[over](tanh(x))
  expect max(abs(t.after.layer.centred.middle[depth: 0] - 0.5 * first)) < 1e-6, "those of an instance"
  expect max(abs(t.after.layer.centred.middle[depth: 2] - 1)) < 1, "in its own turn"
  for i in 0..2 {
    minimize norm(net(x)) over net.gain using sgd(lr: 0.0)
  }
  expect all(net.layer.calls.all == 2), "committed once a step"
  minimize norm(net(x)) + norm(net(net(x))) over net.gain using sgd(lr: 0.0)
  expect all(net.layer.calls.all == 5), "each call sees those before"
}
