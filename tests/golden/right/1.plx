// --precision f64
use nn
axis a0 = 3
axis a1 = 2
axis a2 = #a0 * #a1
axis a3 = (a3_0, a3_1, a3_2)
axis a4 = (a4_0, a4_1, a4_2)
block B0[k1, k2, k3](x4: []) -> [k2] {
  param w5: [] = 0.7
  param w6: [a4, k1] = uniform[a4, k1]
  let v8 = grad((v7: []) => rsqrt(0.6 + (-relu(0.137 + w5))^2))(x4)
  let v9 = tanh(((w5)^2))
  grad((v10: [k2]) => grad((v11: []) => (((1.3 + x4^2)^(-1.5)) + w5))(tanh(expm1(tanh(x4)))))(tanh(cummax[k2](x4[+k1][k1: k1((2 + 3 * k2) mod #k1)] + 0.0113 * real(k2))[k2: #k2 - 1 - k2]))
}
block B12(x13: [a0, a4], x14: []) -> [a1, a4] {
  param w15: [a0, a2] = uniform[a0, a2]
  param w16: [a3] = 0.3 * normal[a3]
  let v17 = tanh(norm[a4](real((2 + 2 * a4)) + 0.717 + real(a4)))
  let net18 = B0[a1, a4, a2]
  softmax[a1](sum[a3 -> a1: a1(int(((2 + 3 * a3) mod 2 < 2)) mod #a1)](tanh(log1p(sum[a1 -> a4: a4((2 + 3 * a1) mod #a4)](w16[+a1])^2))))
}
block Main(x19: f32[a0], x20: f64[a2], x21: a4[]) -> (r0: f64[a0, a2, a3], r1: f64[a0, a2, a4]) {
  var s23 = f64(tanh(grad((v22: [a0]) => 0.237)(f64((0.237 * ones[a0])))[a0: a0((1) mod #a0)]))
  for i24 in a1 {
    let v26 = grad((v25: []) => real(count_true[a3]((not ((2 + 3 * a3) mod 3 < 2)))))(f64(mean[a0](x19)))
    s23 = f64(tanh(log1p((tanh(v26[+a1])[a1: #a1 - 1 - a1] @[a1] tanh((v26[+a1] + softmax[a1 where ((2 + 3 * a1) mod 3 < 2)](tanh(v26[+a1])))))^2)))
  }
  var s27 = f64(tanh((if s23[+a3, +a4][a4: clamp((2))] > 0.0193 then sqrt(s23[+a3, +a4][a4: clamp((2))]) else sqrt(0.2 + var[a1](s23[+a1] + 0.717 + real(a1))))))
  for i28 in a3 {
    var s30 = f64(tanh((checkpoint { let u29 = cos(s23); abs(0.0713 + (0.837 * ones[a0, a4])) })))
    var n31 = 0
    while n31 < 4 and ((if ((0) mod 2 < 2) then s23 else s23) >= 0.037) {
      s30 = f64(tanh((sum[a3](grad((v32: [a0, a3, a4]) => real((1)))(f64(tanh((s27[+a2, +a4] @[a2] s23[+a0, +a2]))))) / #a3)))
      n31 = n31 + 1
    }
    s27[a3: i28] = f64(tanh((tanh((s27[+a2, +a3'][a3': int(a3)] @[a2] s23[+a2])) @[a3] s23[+a3])))
    if (not ((0) mod 3 < 2)) { break }
  }
  let v33 = (s23[+a1, +a1'][a1': int(a1)] @[a1] tanh(min(0.0171 + s23[+a1'][a1' -> a1], sum[a4](cummax[a1](x19[+a1, +a2, +a3, +a4] + 0.0113 * real(a1))))))
  let v34 = s23[+a1, +a2]
  let r36 = (h: logsumexp[a0](min(0.0171 + (fix z35 = 0.4 * tanh(z35 + tanh(x19)) + s23[+a0] from s23[+a0] within 1e-13 at most 200), ((s27[+a2, +a4] @[a2] x20[+a0, +a4]) / #a2))), c: s23[+a1'][a1' -> a1])
  let r37 = 0.7 * r36 + 0.2 * r36
  let v38 = s23
  (r0: f64(v38[+a0, +a2, +a3]), r1: f64(tanh(((tanh(relu(0.137 + grad((v39: [a2]) => v38)(f64(x19[+a2, +a4])))))^3))))
}
experiment e() {
  let d0: f32[a0] = load("d0.npy")
  let d1: f64[a2] = load("d1.npy")
  let d2: a4[] = load("d2_below3.npy")
  let net = Main[]
  print(net(d0, d1, d2))
  print(grad((v: f32[a0]) => mean(tanh(net(v, d1, d2).r0)))(d0))
}

