// RUN: plexus check %s
fn f[edge, node](m: [edge], dst: node[edge]) -> [node] { max[edge -> node: dst](m) }
