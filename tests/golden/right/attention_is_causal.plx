// RUN: plexus run %s
use nn
axis seq = 5, model = 8
experiment e() {
  let net = Attention[seq, model, 2, 4]
  let x = normal[seq, model]
  let y = net(x)
  let later = if seq == 4 then x + 1 else x
  let z = net(later)
  expect all(max[seq where seq < 4 else 0](max[model](abs(z - y))) == 0), "what comes later is not read"
  expect all(max[model](abs(z - y)[seq: 4]) > 0), "what is there is"
  let free = Attention[seq, model, 2, 4, false]
  expect all(max[model](abs(free(later) - free(x))[seq: 0]) > 0), "unless it is not causal"
}
