// RUN: plexus test %s
// Positions, shared heads, a state space and a graph against NumPy: the sum, and the squares weighted along the last axis.
use nn
fn near(a, b) { abs(a - b) < 1e-9 * (1 + abs(b)) }
fn is[k](y, total: real, squares: real) { near(sum(y), total) and near(sum(y * y * (1 + k)), squares) }

test "positions" {
  axis seq = 5, key = 6, model = 7
  let q = f64(sin(real(7 * seq + 3 * key * key) / 10))
  let turned = rope[seq, key](q, start: 2)
  expect is[key](turned, -1.586534718873, 54.696697561840), "rope"
  let p = f64(normal[key])
  let r = rope[seq, key](p[+seq]) @[key] rope[seq, key](f64(ones[key])[+seq])[seq -> seq']
  expect abs(r[seq: 1, seq': 0] - r[seq: 4, seq': 3]) < 1e-12, "by distance alone"
  expect is[model](f64(sinusoidal[seq, model]()), 11.306919437015, 57.719415660305), "sinusoidal"
}

test "heads that share" {
  axis seq = 4, model = 5, head = 4, group = 2, key = 3, each = 2
  var net = map((v) => f64(v), GroupedAttention[seq, model, head, group, key])
  let q = f64(sin(real(1 + 3 * model + 5 * group + 7 * each + 9 * key) / 4))
  net.q.w = q[each -> net.each]
  net.k.w = f64(sin(real(2 + 3 * model + 5 * group + 7 * key) / 4))
  net.v.w = f64(sin(real(3 + 3 * model + 5 * group + 7 * key) / 4))
  let out = f64(sin(real(4 + 3 * group + 5 * each + 7 * key + 9 * model) / 4))
  net.out.w = out[each -> net.each]
  let x = f64(sin(real(3 * seq * seq + 5 * model) / 4))
  expect is[model](net(x), -9.524279778986, 3834.824692866551), "two groups of two heads"
}

test "a state space" {
  axis time = 7, model = 3, state = 4
  let net = StateSpace[time, model, state] with (
    rate: f64(log(1 + real(state))[+model] + 0.1 * real(model)[+state]),
    pace: f64(log(0.05 * (1 + real(model)))),
    c: f64(cos(real(model + 2 * state))),
    d: f64(1 + real(model) / 2))
  expect is[model](net(f64(sin(real(7 * time + 3 * model * model) / 4))), 0.171980614872, 60.598633570127), "as a loop says"
}

test "messages" {
  axis node = 4, edge = 6, f = 2, g = 3, hidden = 5
  let x = f64(sin(real(3 * node + 5 * f) / 4))
  var net = map((v) => f64(v), MessagePassing[node, edge, f -> g, hidden])
  net.from.w = f64(sin(real(1 + 3 * f + 7 * hidden) / 4))
  net.to.w = f64(sin(real(2 + 3 * f + 7 * hidden) / 4))
  net.own.w = f64(sin(real(3 + 3 * f + 7 * g) / 4))
  net.read.w = f64(sin(real(4 + 3 * hidden + 7 * g) / 4))
  net.from.b = f64(real(hidden) / 3)
  net.to.b = f64(real(hidden) / 3)
  net.own.b = f64(real(g) / 3)
  net.read.b = f64(real(g) / 3)
  let src = node(values[edge](0, 1, 2, 3, 1, 0))
  let dst = node(values[edge](1, 2, 1, 0, 0, 0))
  expect is[g](net(x, src, dst), -6.803780190570, 613.587387905358), "over six edges"
}
