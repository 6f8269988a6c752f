// RUN: plexus run %s
block Tied[vocab, model](t: vocab[]) -> [vocab] {
  param row: [vocab, model] = real(vocab + 2)
  row[vocab: t] @[model] row
}
axis vocab = 2, model = 1
experiment e() {
  let net = Tied[vocab, model]
  axis one = 1
  let words = argmin[vocab](real(vocab))
  let logit = net(words)[vocab: 1]
  let g = grad((m) => m(words)[vocab: 1])(net)
  print(logit, g.row, count(net))
  expect logit == 6, "e0 * e1"
  expect sum[vocab, model](g.row * real(vocab + 1)) == 3 + 2 * 2, "the gradient is (3, 2)"
}
