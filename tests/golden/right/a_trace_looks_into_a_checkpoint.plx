// RUN: plexus run %s --precision f64
// Names inside a `checkpoint` are inner values like any other: a trace has them, and derivatives go through them.
axis a = 2
block Net(x: []) -> [] {
  param w: [] = 0.7
  let y = checkpoint {
    let u = w * sin(real(a))
    let z = checkpoint { let q = 2 * u; mean[a](q) }
    x + z
  }
  2 * y
}
experiment e() {
  let net = Net[]
  let t = trace net(0.3)
  print(t.u, t.q, t.z, t.y, t.result)
  let slope = grad((m) => { let inner = trace m(0.3); sum(inner.u * inner.q) })(net)
  expect abs(slope.w - 4 * 0.7 * sin(1.0) ^ 2) < 1e-12, "the derivative of 2 (w sin 1)^2"
}
