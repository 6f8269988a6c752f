// RUN: plexus run %s
experiment e() {
  axis n
  let x: f32[n] = load("data/absent.npy")
  print(sum(x))
}
