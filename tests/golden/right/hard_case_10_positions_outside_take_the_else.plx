// RUN: plexus run %s
axis vocab = 5, t = 2
experiment e() {
  let table = real(10 * vocab)
  let at = values[t](4, 7)
  let y = table[vocab: at else -1]
  print(y)
  expect all(y == values[t](40, -1)), "outside stands what `else` says"
  let g = grad((w: [vocab]) => sum[t](w[vocab: at else -1]))(table)
  expect all(g == values[vocab](0, 0, 0, 0, 1)), "no gradient flows through it"
}
