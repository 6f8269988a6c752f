// RUN: plexus run %s
experiment e() {
  axis n, kind = 2
  let t: (label: kind[n]) = load("data/small.csv")
  print(count(t.label))
}
