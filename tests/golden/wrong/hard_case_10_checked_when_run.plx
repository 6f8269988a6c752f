// RUN: plexus run %s
axis vocab = 5, t = 2
fn look[v](table: [v], at: int) -> [] { table[v: v(at)] }
experiment main() {
  print(look[vocab](real(vocab), values[t](4, 7)))
}
