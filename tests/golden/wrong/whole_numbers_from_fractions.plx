// RUN: plexus run %s
experiment e() {
  axis n
  let t: (x: i64[n]) = load("data/small.csv")
  print(sum(t.x))
}
