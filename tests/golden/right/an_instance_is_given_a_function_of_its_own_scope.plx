// RUN: plexus run %s --precision f64
// A function in an instance's bracket keeps what its own text names, and not the instance, which stands in its scope.
axis n = 3
block Scaled[k, f: block](x: [k]) -> [k] {
  param w: [k] = normal[k]
  w * f(x)
}
block Net(x: [n]) -> [n] {
  let by = 2 * x
  let part = Scaled[n, f: (v: [n]) => 0 * v + by]
  part(x)
}
experiment e() {
  let x: f64[n] = real(n)
  let net = Net[]
  expect norm(net(x) - 2 * net.part.w * x) < 1e-12, "the function sees what stood before it"
}
