// RUN: plexus run %s --precision bf16
// Layers in bf16, on a batch, beside the same in f64: they differ by roundings; and each takes a training step.
use nn
use optim
axis batch = 3, seq = 6, model = 4, out = 2, h = 8, w = 8, c = 4, node = 5, edge = 7, label = 2

fn apart(net, x) { max(abs(f64(net(x)) - map((v) => f64(v), net)(f64(x)))) }

experiment layers() {
  let x = bf16(normal[batch, seq, model])
  var attn = GroupedAttention[seq, model, 4, 2, 2]
  var layer = TransformerLayer[seq, model, 2, 2]
  var space = StateSpace[seq, model, 3]
  var conv = Conv1d[seq, model -> out, dilation: 2]
  expect apart(attn, x) < 0.1 and apart(layer, x) < 0.1, "attention"
  expect apart(space, x) < 0.1 and apart(conv, x) < 0.1, "along time"
  let before = attn.q.w
  minimize mean(attn(x) ^ 2) over attn using (attn.q: adamw(lr: 0.1), attn.k: lamb(), attn.v: lion(), attn.out: rmsprop())
  minimize mean(layer(x) ^ 2) over layer using lbfgs()
  minimize mean(space(x) ^ 2) over space using adagrad()
  minimize mean(conv(x) ^ 2) over conv using (conv.k: adam(), conv.b: sgd(lr: 0.1))
  expect max(abs(attn.q.w - before)) > 0.05 and apart(attn, x) < 0.1 and apart(layer, x) < 0.1 and apart(space, x) < 0.1, "trained"

  let image = bf16(normal[batch, c, h, w])
  var net = UNet[h, w, c -> c, 4, depth: 2]
  var group = GroupNorm[c, h, w, groups: 2]
  var inst = InstanceNorm[c, h, w]
  var normed = BatchNorm[c, over: (batch, h, w)]
  expect apart(net, image) < 0.2 and apart(group, image) < 0.1 and apart(inst, image) < 0.1, "images"
  minimize mean(net(image) ^ 2) over net using adam()
  minimize mean(normed(image) ^ 3) over normed using adam()
  expect abs(mean(normed.average)) < 0.1 and abs(mean(normed.spread) - 1) < 0.1 and apart(normed, image) < 0.1, "buffers move"

  let nodes = bf16(normal[batch, node, model])
  let src = node((edge * edge) mod #node)
  let dst = node((3 * edge) mod #node)
  let graph = MessagePassing[node, edge, model -> out]
  let wide = map((v) => f64(v), graph)
  expect max(abs(f64(graph(nodes, src, dst)) - wide(f64(nodes), src, dst))) < 0.2, "messages"
  let spelled = ctc[seq, model, label](x, model(label + 1))
  expect max(abs(f64(spelled) - ctc[seq, model, label](f64(x), model(label + 1)))) < 0.2, "ctc"
}
