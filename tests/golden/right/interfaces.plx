// RUN: plexus run %s
// A function or block by its interface: the body is checked for all of that signature, and what is given against it.
use nn
axis a = 3, batch = 2, class = 2
fn newton[steps: int = 20](f: block([]) -> [], x0: []) -> [] {
  var x = x0
  for i in 0..steps { x = x - f(x) / grad(f)(x) }
  x
}
fn integrate[cells: int](f: block([]) -> []) -> [] {
  require cells >= 1
  axis cell = cells
  sum[cell](f((real(cell) + 0.5) / cells)) / cells
}
block Residual[k, f: (block([k]) -> [k])](x: [k]) -> [k] { x + f(x) }
block Classifier[k, class, body: (block([k]) -> [k])](x: [k]) -> [class] {
  x |> body |> body |> Linear[k -> class] as read
}
fn pairs[k](f: block(x: [], y: []) -> [], x: [k]) -> [k] { f(x, 2 * x) }
fn energies(net: block([a]) -> (q: [a], e: []), x: [a]) -> [] { net(x).e + sum[a](net(x).q) }
fn parts(x: [a]) -> (q: [a], e: []) { (q: 2 * x, e: sum[a](x)) }

experiment e() {
  print(newton((x: []) => x * x - 2, 1.0), newton[5]((x: []) => cos(x) - x, values[batch](1.0, 0.5)))
  print(integrate[100]((t: []) => t * t), integrate[10](exp))
  let r = Residual[a, f: Linear[a -> a]]
  print(count(r), Residual[a, f: relu](real(a) - 1), Residual[a, f: softmax[a]](ones[a]) as other)
  let c = Classifier[a, class, body: Linear[a -> a]]
  print(count(c), c(ones[a, batch]) * 0)
  print(pairs[a]((x: [], y: []) => x * y, real(a)), pairs[a](max, real(a)))
  print(energies(parts, real(a)))
  print(grad((m: Classifier[a, class, body: Linear[a -> a]]) => sum(m(ones[a])))(c).read.b)
}
