// RUN: plexus run %s
// Two experts of six for each sample, by topk: the same as all of them under a guard.
use nn
axis model = 4, expert = 6, best = 2, hidden = 8
block Moe(x: [model]) -> [model] {
  param w1: [expert, model, hidden] = glorot[model -> hidden]
  param w2: [expert, hidden, model'] = glorot[hidden -> model']
  let gate = x |> Linear[model -> expert]
  let top = topk[expert -> best](gate)
  let p = softmax[best](top.value)
  let h = relu(x @[model] w1[expert: top.position])
  ((h @[hidden] w2[expert: top.position]) @[best] p)[model' -> model]
}
experiment main() {
  axis batch = 5
  let net = Moe[]
  let x = normal[batch, model] as x
  let y = net(x)
  // dense reference
  let gate = net.gate(x)
  let kth = topk[expert -> best](gate).value[best: 1]
  let on = gate >= kth
  let p = softmax[expert where on else 0](gate)
  let dense = relu(x @[model] net.w1) @[hidden] net.w2
  let ref = (dense @[expert] p)
  expect all(abs(y - ref[model' -> model]) < 1e-5), "top two of six"
}
