// RUN: plexus run %s
axis vocab = 5
experiment e() {
  axis n = 2
  let table = real(vocab) * 10
  let t = (values[n](4, 3))
  print(table[vocab: vocab(t)])
  print(table[vocab: t else -1])
  let u = (values[n](4, 7))
  print(table[vocab: vocab(u)])
}
