// --precision f64
use nn
axis a0 = (a0_0, a0_1, a0_2, a0_3)
block B0[k1](x2: [a0, k1], x3: [a0], x4: k1[]) -> [a0] {
  param w5: [a0] = uniform[a0]
  let r7 = (h: mean[a0](x2), c: atan2(((0.637 * ones[a0, k1]) * sin(real(0 + 2 * a0)))[a0: #a0 - 1 - a0], (1.1 + (grad((v6: [a0, k1]) => 0.337)(x2) - real((0 + 2 * a0 + 2 * k1)))^2)))
  let r8 = 0.7 * r7 + 0.2 * r7
  let v10 = (if any[k1](((1 + 3 * k1) mod 3 < 1)) then ((min(0.0171 + 0.437, (0.737 * r7.h)) @[k1] tanh(grad((v9: [k1]) => min(0.0171 + 0.537, 0.837))(tanh(((r8.c @[a0] w5[+k1]) / #a0))))) / #k1) else 1.737)
  let (y12, t13) = vjp((v15: [a0, k1]) => sum[a0]((sin(real(1 + 1 * a0)) + softmax[a0 where ((2 + 3 * a0) mod 3 < 2)](v15[k1: 0]))), tanh(grad((v11: [a0, k1]) => mean[a0](x3))(r7.h[+a0])))
  let u14 = t13(tanh((if all[k1](((0 + 1 * k1) mod 3 < 2)) then v10 else v10)))
  v10[+a0]
}
block Main(x16: f64[a0]) -> (r0: f64[], r1: f64[], r2: bool[a0]) {
  let v17 = x16
  let n18 = uniform[a0]
  var s20 = f64(tanh(log(1.3 + grad((v19: []) => v19)(f64(0.637))^2)))
  var n21 = 0
  while n21 < 1 and s20 < 0.8537 {
    let v22 = (tanh(round(0.0137 + 3.1 * cosh(s20[+a0])))[a0: wrap(a0 - 3)] + softmax[a0 where (v17 < 0.737)](v17))
    s20 = f64(tanh((s20[+a0] @[a0] tanh(grad((v24: [a0]) => (s20 + s20))(f64(tanh((sin(real(2 + 2 * a0)) - n18))))))))
    n21 = n21 + 1
  }
  let v25 = ((1) mod 2 < 1)
  let v26 = tan(one_hot[a0](argmax[a0]((1.737 * ones[a0]) + 0.0113 * real(a0))))[a0: wrap(a0 - 2)]
  (r0: f64(s20), r1: f64(s20), r2: (sign(0.0137 + reverse[a0](tanh(sqrt(0.4 + n18^2)))) < 1.437))
}
experiment e() {
  let d0: f64[a0] = load("d0.npy")
  let net = Main[]
  print(net(d0))
}

