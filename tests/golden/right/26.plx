// --precision f64
use nn
axis a0 = 5
axis a1 = 9
block B0[k1, k2, k3](x4: [a1], x5: [k3], x6: bool[]) -> [] {
  param w7: [a1] = uniform[a1]
  param w8: [] = 0.7
  let n9 = normal
  let (y10, g11) = value_and_grad((v12: [a1, k2]) => (sin(n9) - atan((n9 - w8))))(tanh((((w8[+a0, +a1] @[a0] n9[+a0, +k2]) / #a0) * sin(real(0 + 1 * a1 + 1 * k2)))))
  let v14 = (grad((v13: [a1']) => min(0.0171 + tanh(sqrt(0.2 + var[k2](n9[+k2] + 0.717 + real(k2)))), prod[k3](1.1 + (0.4 * tanh(x5)))))(tanh((((x4[+a1'] @[a1] n9[+a1]) / #a1) - min(0.0171 + n9[+a1'], n9[+a1'])))) + sort[a1'](sin(real(1 + 1 * a1')) + 0.0113 * real(a1')))
  (checkpoint { let u15 = min[k1](n9[+k1, +k2] + 0.0113 * real(k1)); ((((y10[+a1'] - (0.837 * ones[a1'])) - y10[+a1][a1: (2 + 1 * a1') else 0.037]) @[a1'] w8[+a1']) / #a1') })
}
fn f16(x17: [a0, a1], x18: [], x19: [a0]) -> [] {
  let v20 = (1)
  let v21 = ((x18 * acos(0.7 * sin(relu(0.137 + x18[+a1])))) >= 1.237)
  let r22 = (h: cosh(tanh(real(count_true[a0](((1 + 2 * a0) mod 3 < 1))))), c: x18)
  let r23 = 0.7 * r22 + 0.2 * r22
  (fix z24 = 0.4 * tanh(z24 + tanh((if (((2) mod 3 < 2) or ((1) mod 3 < 1)) then (1.637 * ones[a0])[a0: a0((1) mod #a0)] else min[a1](((0.537 * ones[a1]) / (1.1 + r22.h[+a1]^2)) + 0.0113 * real(a1))))) + tanh(var[a1]((stop(x18[+a1]) * (x18 * r23.c[+a1])))) from tanh(var[a1]((stop(x18[+a1]) * (x18 * r23.c[+a1])))) within 1e-13 at most 200)
}
block Main(x25: f64[a0], x26: f64[a1], x27: f64[a1]) -> (r0: f64[a0], r1: bool[a0, a1], r2: a1[a0, a1]) {
  param w28: [a1] = normal[a1]
  param w29: [] = 0.7
  let v30 = tanh((mean[a1](sum[a0 -> a1: a1((1 + 2 * a0) mod #a1)]((sin(real(1 + 3 * a0)) - sin(real(2 + 3 * a0))))) * cosh(erfc(w29))))
  let v31 = w29
  var s32 = f64(tanh((tanh(((w29[+a0, +a1])^2)) @[a1] acos(0.7 * sin(v31[+a1])))))
  if (((mean[a1](x25[+a1]) @[a0] mean[a1]((0.637 * ones[a0, a1]))) / #a0) >= 1.837) {
    s32 = f64(tanh((erf(w29[+a1])[a1: wrap(count_true[a1](((2 + 1 * a0 + 2 * a1) mod 3 < 2)))] - w29[+a0])))
  }   else {
    s32 = f64(tanh(v31[+a0]))
  }
  (r0: f64(min(0.0171 + exp(tanh((((w29[+a1] / (1.1 + v30^2)) @[a1] (x25[+a1] + sin(real(0 + 3 * a0 + 3 * a1)))) / #a1))), tanh(norm[a1]((if (x27[+a0] < 0.237) then (sin(real(0 + 2 * a0 + 2 * a1)) + w29[+a0, +a1]) else abs(0.0713 + v31)) + 0.717 + real(a1))))), r1: ((1 + 1 * a0 + 2 * a1) mod 2 < 1), r2: a1((2 + 3 * a0 + 2 * a1) mod #a1))
}
experiment e() {
  let d0: f64[a0] = load("d0.npy")
  let d1: f64[a1] = load("d1.npy")
  let d2: f64[a1] = load("d2.npy")
  let net = Main[]
  print(net(d0, d1, d2))
  let slope = grad((m) => mean(tanh(m(d0, d1, d2).r0)))(net)
  print(norm(slope))
  print(grad((v: f64[a0]) => mean(tanh(net(v, d1, d2).r0)))(d0))
}

