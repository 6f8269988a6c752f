// RUN: plexus check %s
axis vocab = 5, t = 2
experiment main() {
  let table = real(10 * vocab)
  print(table[vocab: values[t](4, 7)])
}
