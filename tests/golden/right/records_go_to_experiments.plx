// RUN: plexus run %s
// An experiment takes records whose parts are converted on the way in: tensors in a step, numbers as they stand each time.
axis v = 3
experiment c(z: (a: f64[v], b: [], k: int)) { axis m = z.k; print(z, #m); sum(z.a) * z.b }
experiment h[n](z: (a: f64[n], b: []), w: (f64[n], f64[n])) -> (s: f64[], t: f64[n]) { let (p, q) = w; (s: sum(z.a) * z.b + sum(p), t: q) }
experiment wide(x: [v]) -> (s: f64[], n: f64[]) { (s: sum(x), n: #v) }
experiment main() {
  for i in 1..4 { print(c((k: i, a: real(v) * i, b: i)), h[v]((b: i, a: real(v) * i), (real(v), i * real(v)))) }
  print(wide(real(v) / 3))
}
