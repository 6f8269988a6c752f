// RUN: plexus run %s
// In range, `vocab(t)` checks and gives the position; out of range it fails when run: the other half of this case.
axis vocab = 5, t = 2
experiment main() {
  let table = real(10 * vocab)
  print(table[vocab: vocab(values[t](4, 0))], table[vocab: clamp(values[t](4, 7))], table[vocab: wrap(values[t](4, 7))])
}
