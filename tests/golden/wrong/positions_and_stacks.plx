// RUN: plexus check %s
axis node = 4, edge = 5, gate = (input, forget), two = 2, k = 3
fn next(i: node[]) -> node[] { i + 1 }
fn after(x: [node], i: node[]) -> [] { x[node: i + 1] }
fn firsts(m: [edge], dst: node[edge]) -> edge[node] { argmax[edge -> node: dst](m) }
fn output(z: [gate]) -> [] { z[gate: gate.output] }
fn named(z: [node]) -> [] { z[node: node.first] }
fn stacks(x: [k], y: [node]) -> [k, two] { stack[two](x, x, x) }
fn apart(x: [k], y: [node]) -> [k, node, two] { stack[two](x, y) }
fn again(x: [k]) -> [k] { stack[k](x, x, x) }
fn leafwise(r: (a: [], b: [])) -> [] { exp(r).a }
