// RUN: plexus run %s
experiment e() {
  axis n
  let t: (x: f32[n], z: f32[n]) = load("data/small.csv")
  print(sum(t.x))
}
