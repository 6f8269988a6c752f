// RUN: plexus run %s
// At a tie the derivative goes to the first, and to the second of two; it is never split.
axis k = 4, edge = 4, node = 2, best = 2
experiment main() {
  let x = f64(values[k](3, 1, 3, 1))
  print(grad((v: [k]) => max[k](v))(x), grad((v: [k]) => min[k](v))(x))
  print(grad((v: [k]) => sum[k](sort[k](v) * k))(x), grad((v: [k]) => median[k](v))(x))
  print(grad((v: [k]) => sum[best](topk[k -> best](v).value * (best + 1)))(x), grad((v: [k]) => sum[k](cummax[k](v)))(x))
  let y = f64(values[edge](2, 2, 5, 5))
  let dst = node(values[edge](0, 0, 1, 1))
  print(grad((v: [edge]) => sum[node](max[edge -> node: dst else 0](v)))(y))
  print(grad((v: [edge]) => sum[node](min[edge -> node: dst else 0](v)))(y))
  print(grad((a: []) => max(a, 2.0))(2.0), grad((a: []) => max(2.0, a))(2.0), grad((a: []) => min(a, 2.0))(2.0), grad((a: []) => relu(a))(0.0))
  let (value, slope) = jvp((v: [k]) => max[k](v), x, values[k](1.0, 2, 3, 4))
  print(value, slope)
}
