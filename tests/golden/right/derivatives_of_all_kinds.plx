// RUN: plexus run %s
axis n = 3, m = 3
fn f(x: [n]) -> [] { sum[n](x^3) + x[n: 0] * x[n: 1] }
fn two(x: [n]) -> (a: [], b: [n]) { (a: sum[n](x * x), b: x * 2) }
fn norm_of(x: [n]) -> [] { sqrt(sum[n](x * x)) }
fn pulled(x: [n], v: [n]) -> [n] {
  let (y, back) = vjp(two, x)
  back((a: 1.0, b: v))
}
fn mapped(x: [n], v: [n]) -> (a: [], b: []) {
  let (y, line) = linearize(f, x)
  (a: line(v), b: line(2 * v))
}
experiment e() {
  let x = values[n](1.0, 2.0, 3.0)
  let v = values[n](1.0, 0.0, 1.0)
  print(hessian[n -> m](f)(x))
  print(jacobian[n -> m](grad(f))(x))
  print(hvp(f, x, v))
  print(jvp(two, x, v))
  print(pulled(x, v))
  print(mapped(x, v))
  let safe = custom_grad(norm_of, (x: [n], g: []) => if norm_of(x) > 0 then g * x / norm_of(x) else 0 * x)
  print(safe(x), grad(safe)(x), grad(safe)(0 * x))
  let scale = 3.0
  let clipped = custom_grad((x: []) => x * scale, (x: [], g: []) => clamp(g * scale, -0.5, 0.5))
  print(clipped(x), grad(clipped)(x), grad((x: []) => 0.1 * clipped(x))(x))
  print(grad((x: []) => straight_through(round(x), x) * 2.0)(x + 0.3), straight_through(round(x + 0.3), x))
  print(grad(grad((x: []) => custom_grad((x: []) => exp(x), (x: [], g: []) => g * exp(x))(x)))(x))
}
