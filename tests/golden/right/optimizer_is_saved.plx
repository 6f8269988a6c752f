// RUN: plexus run %s
// An optimizer that has taken a step is saved with its model, and loaded into one of the same settings.
use nn
use optim
axis in = 3, out = 2, batch = 4

experiment e() {
  var net = Linear[in -> out]
  var opt = adamw(lr: 0.1)
  let x: f32[batch, in] = normal[batch, in]
  for i in 0..3 { minimize mean[batch, out](net(x) ^ 2) over net using opt }
  save((net: net, opt: opt), "state.safetensors")
  for i in 0..3 { minimize mean[batch, out](net(x) ^ 2) over net using opt }
  let far = net.w
  net = load("state.safetensors", part: "net")
  opt = load("state.safetensors", part: "opt")
  for i in 0..3 { minimize mean[batch, out](net(x) ^ 2) over net using opt }
  expect all(net.w == far), "training goes on to the same bits"
}
