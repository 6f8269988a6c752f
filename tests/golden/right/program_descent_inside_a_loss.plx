// RUN: plexus run %s
// The gradient through an inner descent, against differences.
axis a = 2
block Model(x: [a]) -> [] {
  param w: [a] = ones
  param b: [] = 0
  sum(x * w) + b
}
experiment main() {
  axis n = 5, m = 5
  let net = Model[]
  let x = normal[n, a] as x
  let y = normal[n] as y
  let x2 = normal[m, a] as x2
  let y2 = normal[m] as y2
  let inner = (net) => {
    var p = net
    for i in 0..3 {
      let g = grad((p) => mean((p(x) - y)^2))(p)
      p = p - 0.1 * g
    }
    p
  }
  let outer = (net) => mean((inner(net)(x2) - y2)^2)
  let g = grad(outer)(net)
  let e = 1e-3
  let up = outer(net + e * g)
  let down = outer(net - e * g)
  expect abs((up - down) / (2 * e) - norm(g)^2) < 1e-3 * norm(g)^2, "three inner steps"
}
