// --precision f64
use nn
axis a0 = 7
axis a1 = 4
axis a2 = 5
axis a3 = 2
block B0[k1](x2: [a1]) -> [a2, a3] {
  param w3: [a3] = 0.3 * normal[a3]
  param w4: [a0] = 0.3 * normal[a0]
  var s5 = tanh(sum[a3]((w3 - w3)))
  if ((s5 - s5) >= 0.037) {
    let h6 = jacobian[a3 -> a3']((v7: [a3]) => (x2[a1: 2] + (s5 + s5)))(tanh(real(((0 + 1 * a3) * (0 + 1 * a3)))))
    s5 = tanh(cosh(tanh(mean[a3](w3))))
  }
  let (y8, t9) = jvp((v11: [a0, a2]) => mean[a2](v11), (0.437 * ones[a0, a2]), tanh((s5[+a2, +k1] @[k1] s5[+a0, +k1])))
  let (y13, t14) = vjp((v16: [a1, a3]) => grad((v17: []) => (fix z18 = 0.4 * tanh(z18 + tanh(v17)) + v17 from v17 within 1e-13 at most 200))(tanh((atan2(s5[+a3], (1.1 + w3^2)) @[a3] w3))), s5[+a1, +a3])
  let u15 = t14(s5)
  sin(real(1 + 2 * a2 + 3 * a3))
}
block Main(x19: f64[], x20: f64[], x21: f64[a0, a1]) -> (r0: f64[], r1: f64[a0, a2, a3]) {
  param w22: [a3] = normal[a3]
  let v23 = any[a2]((((1 + 3 * a0 + 2 * a2) mod 3 < 1) or ((1 + 1 * a0 + 2 * a2) mod 2 < 1)))
  var s24 = f64(softmax[a2](x19[+a2])[a2: a2((2) mod #a2)])
  var n25 = 0
  while n25 < 1 and s24 < 0.8537 {
    var s26 = f64(s24[+a2', +a0'][a0' -> a0][a2' -> a2])
    for i27 in a3 {
      s26 = f64(tanh(expm1(((1.3 + tanh(sqrt(0.2 + var[a3](s24[+a0, +a2, +a3] + 0.717 + real(a3))))^2)^(-1.5)))))
    }
    let (y28, g29) = value_and_grad((v30: [a3]) => (min[a2']((if s24[+a2'] > 0.0193 then sqrt(s24[+a2']) else x20[+a2']) + 0.0113 * real(a2')) + (if ((0 + 1 * a2) mod 3 < 2) then (0.537 * ones[a2]) else s24[+a2])[a2: a2((2) mod #a2)]))(f64(tanh(norm[a0'](x20[+a1, +a3, +a0'] + 0.717 + real(a0')))[a1: a1((0 + 1 * a3) mod #a1)]))
    s24 = f64(tanh(x20))
    n25 = n25 + 1
  }
  let n31 = normal[a1, a2]
  let v32 = sum[a1 -> a3: a3((2 + 1 * a1) mod #a3)]((1.337 * ones[a0, a1, a2]))
  var s33 = f64(tanh(round(0.0137 + 3.1 * min[a0]((1.837 * ones[a0, a1, a3]) + 0.0113 * real(a0)))))
  if ((1) mod 3 < 1) {
    s33 = f64(tanh(w22[+a1]))
  }   else {
    s33 = f64(tanh((-(checkpoint { let u34 = s24; s33[+a1'] }))[a1': int(a1)]))
  }
  (r0: f64(grad((v37: []) => x19)(f64(tanh(grad((v35: []) => tanh(sqrt(0.4 + grad((v36: []) => v36)(f64(s24))^2)))(f64(s33[a1: 3, a3: 1])))))), r1: f64(grad((v38: [a0]) => max(0.0171 + (s24[+a0] @[a0] tanh(((0.137 * ones[a3]) @[a3] w22[+a0]))), x19))(f64(cummax[a2](tanh(((min[a3 -> a2: a2((0 + 3 * a3) mod #a2) else 1.137](x20[+a0, +a1, +a3]) @[a1] (x20[+a1, +a3] + w22[+a1])) / #a1)) + 0.0113 * real(a2))))))
}
experiment e() {
  let d0: f64[] = load("d0.npy")
  let d1: f64[] = load("d1.npy")
  let d2: f64[a0, a1] = load("d2.npy")
  let net = Main[]
  print(net(d0, d1, d2))
}

