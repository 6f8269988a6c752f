// RUN: plexus run %s
fn descend(start: []) -> [] {
  var v = start
  for i in 0..3 {
    v = v - 0.1 * grad((u: []) => u * u * u)(v)
  }
  v
}
experiment e() {
  let v = descend(f64(1))
  let g = grad(descend)(f64(1))
  print(v, g)
  expect all(abs(v - 0.4612573) < 1e-9), "three steps of descent"
  expect all(abs(g - 0.1550224) < 1e-9), "the derivative of a descent"
  let p = grad((x: []) => x * grad((y: []) => x + y)(1.0))(1.0)
  expect p == 1, "perturbations stay apart"
}
