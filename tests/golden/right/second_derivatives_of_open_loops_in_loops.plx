// RUN: plexus run %s --precision f64
// Derivatives of derivatives through a loop of open length inside another: what is computed again makes the same number of
// turns, and what lies along them has its place.
axis a = 3, b = 5
fn run(x: [a, b], y: [b]) -> [b] {
  var h = 0.5 * y
  for t in a {
    let u = x[a: t]
    var n = 0
    while n < 7 and sum(h * h) < 40 {
      h = h + tanh(h * u) + 0.5
      n = n + 1
    }
    h = 0.25 * h
  }
  h
}
fn first(x: [a, b], y: [b]) -> [] { 
  let g = grad((v: [a, b]) => sum(run(v, y)))(x)
  let k = grad((v: [b]) => sum(run(x, v)))(y)
  sum(g * g) + sum(k * k) }
experiment e() {
  let x: f64[a, b] = sin(real(a + 2 * b))
  let y: f64[b] = cos(real(b))
  print(first(x, y))
  print(grad((v: [a, b]) => first(v, y))(x))
  print(grad((v: [b]) => first(x, v))(y))
  let (o, t) = jvp((v: [b]) => first(x, v), y, y)
  print(t)
}
