// RUN: plexus check %s
// What positions go along, and what is left of the tensor, is no axis to reduce into.
axis node = 4, edge = 5
fn f(x: [edge]) -> [node] { sum[edge -> node: node((2 * edge) mod (1 + node))](x) }
fn g(x: [edge, node], to: node[edge]) -> [node] { sum[edge -> node: to](x) }
fn h(x: bool[edge, node], to: node[edge]) -> bool[node] { any[edge -> node: to](x) }
