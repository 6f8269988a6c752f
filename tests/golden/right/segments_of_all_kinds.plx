// RUN: plexus run %s
// Reductions of one axis into another, with guards and `else`; positions by arithmetic that is proved; stacks.
use nn
axis node = 4, edge = 5, f = 2, op = 3, a = 3, b = 2

fn next(i: node[]) -> node[] { (i + 1) mod #node }
fn behind(x: [node], i: node[]) -> [] { x[node: min(i + 1, #node - 1)] }
block Net(x: [a]) -> [b] { x |> Linear[a -> b] as lin }

experiment e() {
  let m = real(edge) + 1
  let dst = node(values[edge](0, 0, 2, 2, 0))
  print(sum[edge -> node: dst](m), max[edge -> node: dst else -1](m), prod[edge -> node: dst](m))
  print(mean[edge -> node: dst else 0](m), mean[edge where edge != 0 -> node: dst else 0](m))
  print(any[edge -> node: dst](m > 3), all[edge -> node: dst](m > 2))
  print(argmax[edge -> node: dst else 1](m), argmin[edge -> node: dst else 0](m))
  print(sum[edge -> node: dst](m[+f]))
  print(grad((m: [edge]) => sum(mean[edge -> node: dst else 0](m) ^ 2))(m))
  print(mean[edge](m), mean[edge where edge < 2](m), mean(values[f](1, 2)))
  print(next(dst), behind(real(node), next(node(3))))
  let x = real(a)
  print(stack[op](x, 2 * x, 3), grad((x: [a]) => sum(stack[op](x, 2 * x, x * x)))(x))
  var net = Net[]
  net.lin.w = 0
  net.lin.b = ones[b]
  net.lin.w[a: 0] = values[b](1, 2)
  net.lin.b[b: 1] += 3
  print(net.lin.w, net.lin.b, net(ones[a]))
}
