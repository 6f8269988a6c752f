// RUN: plexus run %s
// A turn that takes place is one of at least one: positions in it are in range, also where there may be none.
fn inner[n](x: [n]) -> [] {
  var s = 0.0
  for i in 1..#n - 1 { s += x[n: i - 1] + x[n: i + 1] }
  s
}
experiment e() {
  axis one = 1, two = 2, five = 5
  print(inner[one](ones[one]), inner[two](ones[two]), inner[five](values[five](1, 2, 4, 8, 16)))
}
