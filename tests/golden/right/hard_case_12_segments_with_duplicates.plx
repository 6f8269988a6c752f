// RUN: plexus run %s
axis edge = 3, node = 3
fn total(m: [edge], dst: node[edge]) -> [node] { sum[edge -> node: dst](m) }
experiment e() {
  let m = values[edge](1.0, 2.0, 4.0)
  let dst = argmax[node](real(node == values[edge](0, 0, 2)[+node]))
  let y = total(m, dst)
  print(y)
  expect all(y == values[node](3, 0, 4)), "edges of one node are summed"
  let g = grad((m: [edge]) => 0.5 * sum[node](total(m, dst) ^ 2))(m)
  print(g)
  expect all(g == values[edge](3, 3, 4)), "each edge takes its node's cotangent"
  let most = max[edge -> node: dst else -1](m)
  expect all(most == values[node](2, -1, 4)), "an empty node takes the else"
}
