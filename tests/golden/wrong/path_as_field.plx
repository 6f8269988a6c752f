// RUN: plexus check %s
// A path is no field of a record type; a tuple has the parts that it has.
axis n = 2
experiment e() {
  let d: (a.b: f32[n], c.d: f32[n]) = load("x.npz")
  let p = (1, 2)
  print(p.2, p.x, p.00)
  let (a, (b, c)) = (1, 2)
  let (u, u) = (1, 2)
  print(a, b, d, u, c)
}
