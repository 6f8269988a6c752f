// RUN: plexus run %s
// The derivative of a `while` inside a loop goes back as many turns as it took, though it takes no value from them.
axis a = 3
fn f(x: []) -> [] {
  var s = x
  for i in a {
    var u = s
    var n = 0
    while n < 1 and u < 0.85 {
      u = sum[a](0.1 * real(a))
      n = n + 1
    }
    s = u
  }
  s
}
experiment e() {
  let x = 0.5 + 0 * normal
  print(f(x), grad(f)(x), grad(f)(x + 0.5))
}
