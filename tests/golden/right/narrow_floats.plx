// RUN: plexus run %s
// Two bytes: rounded to the nearest after each operation, sums in f32, what two widths meet as, files, derivatives.
use nn

axis n = 5, m = 3, many = 4096

fn bumps(x: []) -> [] { exp(0 - x * x) * x }

experiment main() {
  print(f16(65519.0))
  print(f16(65520.0))
  print(f16(2049) + f16(0))
  print(f16(0.1) + f16(0.2))
  print(bf16(0.1) + bf16(0.2))
  expect sum[many](f16(1)[+many]) == 4096 and sum[many](bf16(1)[+many]) == 4096, "a sum is kept in f32"
  let x = f16(normal[n, m])
  let y = bf16(normal[n, m])
  let z: f32[n, m] = x + y
  expect all(z == f32(x) + f32(y)), "f16 and bf16 meet as f32"
  expect all(x * 2 == f16(f32(x) * 2)) and all(f64(x) == x), "a weak number takes the width"
  let g = grad((v: [n, m]) => sum[n, m](bumps(v)))
  let exact = grad((v: [n, m]) => sum[n, m](bumps(v)))(f64(x))
  expect all(abs(g(x) - exact) < 0.004), "a derivative in f16"
  let h = grad((v: [n, m]) => sum[n, m](g(v)))
  let curve = grad((v: [n, m]) => sum[n, m](grad((u: [n, m]) => sum[n, m](bumps(u)))(v)))(f64(y))
  expect all(abs(h(y) - curve) < 0.1), "a second one in bf16"
  expect all(abs(sum[m](softmax[m](x)) - 1) < 0.002), "the library in f16"
  expect all(x @[m] x[n -> n'] == f16(f32(x) @[m] f32(x)[n -> n'])), "a product is summed in f32 and rounded once"
  save(x, "x.npy")
  save((x: x, y: y), "both.npz")
  save(y, "y.csv")
  let a: f16[n, m] = load("x.npy")
  let wide: f32[n, m] = load("x.npy")
  let b: (x: f16[n, m], y: bf16[n, m]) = load("both.npz")
  expect all(a == x) and all(wide == x) and all(b.x == x) and all(b.y == y), "files hold every bit"
  print(argsort[n](values[n](0.5, -1, 2, 0, -0.25) * f16(1)))
}
