// RUN: plexus run %s
axis n = 5
fn f[n](x: [n], k: int) -> [n] {
  var a = x
  var i = k
  for j in 0..3 { a[n: n(i)] = 2.0; i = i * 1000000000 }
  a
}
experiment e() {
  var k = 3
  print(f[n](ones[n], k))
}
