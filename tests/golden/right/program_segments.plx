// RUN: plexus run %s
// Message passing: every reduction into another axis, and attention over edges by a softmax for each node.
axis edge = 5, node = 3, f = 2
fn attention[edge, node](score: [edge], dst: node[edge]) -> [edge] {
  let most = stop(max[edge -> node: dst else 0](score))
  let e = exp(score - most[node: dst])
  e / sum[edge -> node: dst](e)[node: dst]
}
fn of_any[e, n](x: [e], d: n[e]) -> (mean: [n], var: [n]) {
  (mean: mean[e -> n: d else -1](x), var: var[e -> n: d else -1](x))
}
experiment main() {
  let dst = node(values[edge](0, 0, 2, 2, 0))
  let x = f64(values[edge](1, 2, 3, 5, 6))
  print(mean[edge -> node: dst else 0](x), var[edge -> node: dst else 0](x), std[edge -> node: dst else 9](x))
  print(logsumexp[edge -> node: dst](x), norm[edge -> node: dst](x), count_true[edge -> node: dst](x > 2))
  print(any[edge -> node: dst](x > 5), all[edge -> node: dst](x > 2), mean[edge -> node: dst](x))
  print(mean[edge -> node: dst else 0](x[+f] * (1 + f)), mean[edge where x > 1 -> node: dst else 0](x))
  print(of_any[edge, node](x, dst))
  print(grad((x: [edge]) => sum(mean[edge -> node: dst else 0](x) ^ 2))(x))
  let a = attention[edge, node](x, dst)
  expect abs(sum[edge -> node: dst](a)[node: 0] - 1) < 1e-15 and sum[edge -> node: dst](a)[node: 1] == 0, "shares of each node"
  let logits = grad((x: [edge]) => sum(logsumexp[edge -> node: dst else 0](x)))(x)
  expect max(abs(a - logits)) < 1e-15, "the slope of logsumexp"
}
