// RUN: plexus check %s
// The call stands first: what the batch norm was not told to average over.
use nn
use optim
axis batch = 2, c = 3, h = 8
experiment e() {
  var norm = BatchNorm[c, over: h]
  let x = normal[batch, c, h]
  minimize mean(norm(x) ^ 2) over norm using adam()
}
