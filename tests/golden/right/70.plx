// --precision f64
use nn
axis a0 = 4
axis a1 = #a0
fn f0[k1](x2: [a0], x3: []) -> [a0, a1] {
  mean[k1 where ((1 + 1 * a0 + 1 * a1 + 3 * k1) mod 3 < 1) else 1.537](tanh((atan2(x3[+a0, +a1, +k1], (1.1 + rsqrt(0.6 + (0.737 * ones[a0, a1, k1])^2)^2)) * (softmax[k1](x2[+a1, +k1]) + grad((v4: [a1]) => x3)(x3[+a0, +a1, +k1])))))
}
fn f5[k6](x7: [k6]) -> [] {
  axis s8 = #k6
  let (y9, t10) = vjp((v12: []) => (tanh(grad((v13: [a1, k6, s8]) => (v12 / (1.1 + v12^2)))(v12[+a1, +s8, +k6'][k6' -> k6])) @[a1] v12[+a1]), min[a0]((sin(real(0 + 2 * a0)) * sin(real(0 + 3 * a0))) + 0.0113 * real(a0)))
  let u11 = t10((softmax[s8](x7[+s8]) / (1.1 + logsumexp[a1](x7[+a1])^2)))
  sum[a0 where ((1 + 2 * a0) mod 2 < 1)]((sum[k6' where ((2 + 3 * a0 + 2 * k6') mod 3 < 2)](tanh(((1.537 * ones[k6']) * u11[+a0, +k6']))) - cos(softmax[a0](tanh(u11[+a0])))))
}
block Main(x14: f64[], x15: f64[], x16: a0[a1]) -> (r0: f64[a0, a1]) {
  param w17: [a0, a1] = normal[a0, a1]
  let v20 = (tanh(grad((v18: [a0]) => mean[a0](((0.237 * ones[a0]) + x14[+a0])))(f64(tanh(atan2(x14[+a0], (1.1 + x14[+a0]^2)))))) @[a0] tanh((if (w17 >= 1.437) then x15[+a0, +a1] else grad((v19: [a0, a1]) => (x15 - x14))(f64(tanh(atan2((1.337 * ones[a0, a1]), (1.1 + x15[+a0, +a1]^2))))))))
  let v21 = ((0 + 2 * a0 + 2 * a1) mod 2 < 1)
  var s22 = f64(tanh(real((0 + 3 * a1))[a1: clamp(a1 + 1 * a0 - #a0 div 2)]))
  var n23 = 0
  while n23 < 1 and (not (x15 < 0.837)) {
    let h24 = hessian[a0 -> a0']((v25: [a0]) => logsumexp[a0](real((1 + 3 * a0))))(f64(clamp(x14[+a0, +a0'], -0.713, 0.877)[a0': int(a0)]))
    s22 = f64(tanh(norm[a0'](sigmoid(w17[+a0'][a1: a1 - 2 else 0.637]) + 0.717 + real(a0'))))
    n23 = n23 + 1
  }
  var s26 = f64(tanh(x15))
  var n27 = 0
  while n27 < 1 and s26 < 0.8537 {
    let v28 = (sort[a1]((x15[+a0, +a1] + s26) + 0.0113 * real(a1))[a1: a1 - 2 else 1.337] * s26[+a0])
    let (y29, t30) = jvp((v32: []) => v32[+a0, +a1][a1: a1 - 2 else 1.137], f64(tanh(sum[a0](tanh(floor(0.0137 + 3.1 * x14[+a0]))))), f64(tanh((v20[a1: 3] - atan2(x14, (1.1 + x15^2))))))
    s26 = f64(tanh(((((v20 @[a1] (0.537 * ones[a1])) / #a1) * (s26 * x15)) * (v20[a1: 0] * (s26 * x15)))))
    n27 = n27 + 1
  }
  var s33 = f64(tanh((x14[+a0, +a1] * (s22 + w17))))
  for i34 in 0..1 {
    s33 = f64(tanh(x14[+a0, +a1]))
  }
  (r0: f64(sin(real(0 + 1 * a0 + 3 * a1))))
}
experiment e() {
  let d0: f64[] = load("d0.npy")
  let d1: f64[] = load("d1.npy")
  let d2: a0[a1] = load("d2_below4.npy")
  let net = Main[]
  print(net(d0, d1, d2))
}

