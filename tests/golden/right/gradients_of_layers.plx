// RUN: plexus test %s
// Gradients of layers in f64, with respect to parameters and to what they read, by central differences along themselves.
use nn
axis seq = 5, model = 4, out = 3, h = 4, w = 4, c = 4

fn slope_apart(loss, at) {
  let g = grad(loss)(at)
  let slope = (loss(at + 1e-5 * g) - loss(at - 1e-5 * g)) / 2e-5
  abs(slope / norm(g) ^ 2 - 1)
}
fn apart(net, x) {
  let wide = map((v) => f64(v), net)
  max(slope_apart((m) => sum(sin(m(x))), wide), slope_apart((u) => sum(sin(wide(u))), x))
}

test "sequences" {
  let x = f64(normal[seq, model])
  expect apart(GroupedAttention[seq, model, 4, 2, 2], x) < 1e-6, "heads that share"
  expect apart(TransformerLayer[seq, model, 2, 2], x) < 1e-6, "a transformer's layer"
  expect apart(StateSpace[seq, model, 3], x) < 1e-6, "a state space"
  expect apart(LSTM[seq, model -> out], x) < 1e-6 and apart(GRU[seq, model -> out], x) < 1e-6, "gates"
  expect apart(Conv1d[seq, model -> out, dilation: 2], x) < 1e-6, "a convolution"
  let y = f64(normal[seq, model])
  expect slope_apart((u) => contrastive[seq, model](u, y), x) < 1e-6, "contrastive"
  expect slope_apart((u) => sum(sin(rope[seq, model](u))), x) < 1e-6, "rope"
}

test "images" {
  let x = f64(normal[c, h, w])
  expect apart(Conv2d[h, w, c -> out, groups: 1], x) < 1e-6, "a convolution"
  expect apart(UNet[h, w, c -> out, 4, depth: 2], x) < 1e-5, "a U-Net"
  expect apart(GroupNorm[c, h, w, groups: 2], x) < 1e-6 and apart(InstanceNorm[c, h, w], x) < 1e-6, "norms"
  let net = map((v) => f64(v), BatchNorm[c, over: (h, w)])
  expect slope_apart((u) => sum(sin(train(net(u)))), x) < 1e-6, "a batch norm in training"
}
