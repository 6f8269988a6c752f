// RUN: plexus run %s
fn root(a: []) -> [] { fix z = (z + a / z) / 2 from a within 1e-12 at most 50 }
fn first_over(x: [], most: int) -> [] {
  var s = 0.0
  for i in 0..most {
    s = s + x
    if s > 2.5 { break }
    s = s * 1.5
  }
  s
}
fn scanned[t](x: [t]) -> [] {
  var best = 0.0
  for i in t {
    if x[t: i] < 0 { break }
    best = best + x[t: i]^2
  }
  best
}
fn deep(x: []) -> [] {
  var h = x
  let r = checkpoint {
    h = tanh(h * 2)
    let k = exp(h)
    k * h
  }
  r + h
}
experiment e() {
  axis k = 4
  let a = values[k](1, 4, 9, 0)
  print(f64(root(f64(a))))
  print(grad(root)(f64(a)))
  print(grad(grad(root))(f64(a)))
  let x = 0.3 + 0.4 * real(k)
  print(first_over(x, 10), grad((x: []) => first_over(x, 10))(x), (first_over(x + 0.001, 10) - first_over(x - 0.001, 10)) / 0.002)
  print(scanned[k](values[k](1.0, 2.0, -1.0, 5.0)), grad((v: [k]) => scanned[k](v))(values[k](1.0, 2.0, -1.0, 5.0)))
  print(deep(x), grad(deep)(x), (deep(x + 0.001) - deep(x - 0.001)) / 0.002)
  print(grad(grad(deep))(x))
  for i in 0..10 { if i == 3 { break }
    print(i)
  }
}
