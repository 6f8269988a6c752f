// RUN: plexus run %s
// real NVP with logdet, checked against the Jacobian
use nn
axis half = 2, hidden = 8
type Pair = (a: [half], b: [half])
block Coupling(x: Pair) -> (y: Pair, logdet: []) {
  let s = x.a |> Linear[half -> hidden] as s1 |> tanh |> Linear[hidden -> half] as s2 |> tanh
  let t = x.a |> Linear[half -> hidden] as t1 |> tanh |> Linear[hidden -> half] as t2
  (y: (a: x.b * exp(s) + t, b: x.a), logdet: sum(s))
}
experiment main() {
  axis both = 4
  let c = Coupling[]
  let d = Coupling[] as d
  let run = (v: [both]) => {
    let x = (a: v[both: half], b: v[both: half + 2])
    let one = c(x)
    let two = d(one.y)
    concat[half, half' -> both](two.y.a, two.y.b[half -> half'])
  }
  let ld = (v: [both]) => {
    let one = c((a: v[both: half], b: v[both: half + 2]))
    one.logdet + d(one.y).logdet
  }
  let v = f64(normal[both])
  let j = jacobian[both -> both'](run)(v)
  expect abs(ld(v) - log(abs(det[both](j)))) < 1e-6, "the logarithm of the determinant of its Jacobian"
}
