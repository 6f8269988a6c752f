// RUN: plexus run %s
experiment e() {
  axis n
  let x: f32[n] = load("../../../etc/passwd")
  print(sum(x))
}
