// RUN: plexus run %s
// A segment's extremum has the derivative of the first edge that attains it; products that of the others' product, with
// zeros among them, too. To the second order.
axis edge = 5, node = 3
experiment main() {
  let dst = node(values[edge](0, 0, 2, 2, 0))
  let m = f64(values[edge](4, 4, 1, -2, 3))
  print(max[edge -> node: dst else -1](m), min[edge -> node: dst else -1](m), prod[edge -> node: dst](m))
  print(grad((m: [edge]) => sum(max[edge -> node: dst else -1](m)))(m))
  print(grad((m: [edge]) => sum(min[edge -> node: dst else -1](m) ^ 2))(m))
  print(grad((m: [edge]) => sum(prod[edge -> node: dst](m)))(m))
  let z = f64(values[edge](0, 4, 0, 0, 3))
  print(grad((m: [edge]) => sum(prod[edge -> node: dst](m)))(z))
  print(hvp((m: [edge]) => sum(prod[edge -> node: dst](m)), z, f64(ones[edge])))
}
