// RUN: plexus run %s
// A Kalman filter with its likelihood, and the derivative by the transition; figures of NumPy.
axis time = 6, s = 2
fn kalman[time, s](y: [time], f: [s, s'], h: [s], q: real, r: real) -> (mean: [time, s], ll: []) {
  axis u = #s
  var m = zeros[s]
  var p = eye[s, s']
  var ll = 0.0
  let means = for t in time {
    let mp = f @[s'] m[s -> s']
    let fp = f[s' -> u] @[u] p[s -> u]
    let pp = fp[s' -> u] @[u] f[s -> s', s' -> u] + q * eye[s, s']
    let ph = pp @[s'] h[s -> s']
    let v = sum(h * ph) + r
    let e = y[time: t] - sum(h * mp)
    let k = ph / v
    m = mp + k * e
    p = pp - k[+s'] * ph[s -> s'][+s]
    ll = ll - 0.5 * (log(2 * pi * v) + e * e / v)
    yield m
  }
  (mean: means, ll: ll)
}
experiment main() {
  let f = f64(values[s, s'](1, 0.1, 0, 0.9))
  let h = f64(values[s](1, 0))
  let y = f64(values[time](0.5, 1.1, 1.2, 0.7, 0.3, -0.2))
  let r = kalman[time, s](y, f, h, 0.1, 0.2)
  expect all(abs(r.mean[time: 5] - values[s](0.165340264, -0.21774233)) < 1e-8), "the last state"
  expect abs(r.ll + 5.541973140861006) < 1e-12, "the likelihood"
  let g = grad((f: [s, s']) => kalman[time, s](y, f, h, 0.1, 0.2).ll)(f)
  expect all(abs(g - values[s, s'](-4.38696634, -1.11098907, -1.45855923, -0.13251702)) < 1e-7), "its slope"
}
