// RUN: plexus check %s
fn f[edge, node](x: [node], m: [edge], dst: node[edge]) -> [node] {
  var y = x
  y[node: dst] = m
  y
}
