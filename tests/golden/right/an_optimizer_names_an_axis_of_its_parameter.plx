// RUN: plexus run %s --precision f64
// An optimizer's bracket stands for the parameter's axes, which its body may name as axes from around it, too: there the two
// are kept apart, and the state lies as its parameter does.
axis a = 3, b = 2
optimizer Own(lr: real)[p...](x: [p...], g: [p...]) -> [p...] {
  state v: [p...] = zeros
  v = 0.5 * v + sum[a](real(a) * g[+a])
  x - lr * v
}
optimizer Rows(lr: real)[n, m](x: [n, m], g: [n, m]) -> [n, m] {
  state v: [m, n] = zeros
  v = 0.5 * v + sum[a](real(a) * g[+a])
  x - lr * v
}
block Net() -> [] {
  param w: [a, b] = ones
  sum(w * w)
}
experiment e() {
  var one = Net[]
  var two = Net[]
  var opt = Own(lr: 0.1)
  var other = Rows(lr: 0.1)
  for i in 0..2 {
    minimize one() over one using opt
    minimize two() over two using other
  }
  print(one.w, two.w)    // x = 1: v = 6, x = 0.4: v = 3 + 2.4
}
