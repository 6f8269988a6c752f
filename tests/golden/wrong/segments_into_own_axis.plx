// RUN: plexus check %s
fn f[edge, node](m: [edge, node], dst: node[edge]) -> [node] {
  sum[edge -> node: dst](m)
}
