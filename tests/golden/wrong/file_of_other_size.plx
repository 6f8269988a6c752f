// RUN: plexus run %s
experiment e() {
  axis n = 5
  let t: (x: f32[n]) = load("data/small.csv")
  print(sum(t.x))
}
