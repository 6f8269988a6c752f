// RUN: plexus check %s
use nn
axis pixel = 4, class = 3
block Wrong[f: (block([pixel]) -> [class])](x: [pixel]) -> [class] {
  f(x[pixel: 0])
}
block Result[f: (block([pixel]) -> [class])](x: [pixel]) -> [pixel] {
  f(x)
}
block Right[f: (block([pixel]) -> [class])](x: [pixel]) -> [class] { f(x) }
fn root(f: block([]) -> [], x: []) -> [] { x - f(x) / grad(f)(x) }
experiment e() {
  print(Right[f: Linear[class -> pixel]](ones[pixel]))
  print(Right[f: Linear](ones[pixel]) as bare)
  print(Right[f: (x: [pixel]) => sum[pixel](x)](ones[pixel]) as scalar)
  print(root((x: [class]) => sum[class](x), 1.0))
  print(root(sin, cos, 1.0))
  print(root((x: [], y: []) => x * y, 1.0))
  print(root(3.0, 1.0))
}
