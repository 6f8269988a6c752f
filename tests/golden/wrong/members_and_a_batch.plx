// RUN: plexus check %s
use nn
use optim
axis member = 4, a = 3, b = 2, batch = 6
experiment main() {
  let proto = Linear[a -> b]
  var many = Linear[a -> b] with (w: normal[member, ins, outs] as w0, b: zeros[member, outs])
  var opt = sgd(lr: 0.1)
  let x = normal[batch, a] as x
  let y = many(x)
  print(y)
}
