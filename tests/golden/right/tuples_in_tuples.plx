// RUN: plexus run %s
// Parts of tuples by number, and patterns one in another.
axis n = 2
type Pair = ([n], ([], []))
fn swapped(p: Pair) -> Pair { (p.0 * 2, (p.1.1, p.1.0)) }
block W(x: [n]) -> [n] {
  param w: ([n], (a: [n], b: [])) = (ones[n], (a: ones[n], b: 2))
  x * w.0 + w.1.a * w.1.b
}
experiment e() {
  let (a, (b, c)) = (1, (2.0, 3))
  print(a, b, c)
  let p = swapped((ones[n], (1, 2)))
  let (x, (y, z)) = p
  print(x, y, z, p.0, p.1.0)
  var v = (1.0, (2.0, 3.0))
  v.1.0 = 5.0
  v.0 += 2.0
  print(v)
  let f = (q: ([n], [n])) => q.0 * q.1
  print(f((ones[n], ones[n])))
  var net = W[]
  print(net(ones[n]), net.w.0, (net with (w.0: 3))(ones[n]), count(net except net.w.0))
  net.w.1.b = 7.0
  print(net.w.1)
  save((a: (b: ones[n], c: zeros[n]), d: ones[n]), "x.npz")
  let r: (a: (b: f32[n], c: f32[n]), d: f32[n]) = load("x.npz")
  print(r)
  let (k, m) = for t in n { yield (t, (t, 2)) }
  let (m0, m1) = m
  print(k, m0, m1)
}
