// --precision f64
use nn
axis a0 = 2
axis a1 = #a0
axis a2 = #a0
block B0[k1, k2](x3: [a0]) -> [k1] {
  param w4: [k1] = normal[k1]
  let v5 = atan2(0.737, (1.1 + (sum[a0](x3[+a1])[a1: clamp(sum[a1]((2 + 2 * a1)))] - sqrt(0.2 + var[a0](stop(x3) + 0.717 + real(a0))))^2))
  let v6 = a1(int(((2 + 2 * a1 + 2 * k1) mod 2 < 2)) mod #a1)
  min(0.0171 + ((v5[+k1][k1: k1 - 2 else 0.437] - v5[+k1][k1: #k1 - 1 - k1]) * (1.837 * ones[k1])), (tanh((((w4[+a0, +k2] / (1.1 + w4[+a0, +k2]^2)) @[a0] (v5[+a0, +k1] - v5[+a0, +k1])) / #a0)) @[k2] ((v5[+k2] - v5) * tanh(v5[+k2]))))
}
block B7[k8, k9, k10](x11: [k9, k10]) -> [] {
  param w12: [k10] = ones[k10]
  param w13: [a1] = ones[a1]
  var s14 = (0.437 * ones[k9, k9'])[k9': int(k9)][k9: wrap(k9 + 2 * k10 - #k10 div 2)]
  if ((2) mod 2 < 2) {
    var s15 = real(count_true[a2](((2 + 1 * a2 + 3 * k8) mod 3 < 1)))
    for i16 in k10 {
      s15 = tanh(sum[k10 -> k8: k8((1 + 3 * k10) mod #k8)](mean[a1 where ((2 + 1 * a1 + 3 * k10) mod 2 < 1) else 0.837]((if ((0 + 1 * a1 + 1 * k10) mod 2 < 2) then (0.537 * ones[a1, k10]) else w13[+k10]))))
    }
    s14 = tanh(x11)
  }   else {
    s14 = sign(0.0137 + sort[k10]((x11[+a2] @[a2] sin(real(1 + 3 * a2))) + 0.0113 * real(k10)))
  }
  let n17 = uniform[k9']
  let n18 = normal
  0 * sum(x11) + (cos(((n17[+k9] @[k9] n18[+k9]) / #k9)) - n18[+k9'])[k9': argmax[k9'](stop((n18[+a1, +k9'] @[a1] (0.637 * ones[a1]))) + 0.0113 * real(k9'))]
}
block Main(x19: f64[a0, a2], x20: f32[]) -> (r0: f64[]) {
  param w21: [] = 0.7
  var s23 = f64(tanh((tanh(((x20)^2)) + grad((v22: []) => x20)(f64(x20)))))
  var n24 = 0
  while n24 < 3 and s23 < 0.8537 {
    s23 = f64(tanh(w21))
    n24 = n24 + 1
  }
  let v26 = ((cumsum[a0](x19[+a1]) + log(1.3 + x20[+a0]^2)[a0 -> a1]) >= 0.037)
  let (r28, r29) = (sinh(tanh(norm[a1]((s23[+a1] / (1.1 + w21[+a1]^2)) + 0.717 + real(a1)))), min(0.0171 + ((w21 - s23) + (checkpoint { let u27 = x20[+a2]; x20 })), tan(tanh((if ((2) mod 2 < 1) then w21 else s23)))))
  let v30 = s23
  (r0: f64(v30))
}
experiment e() {
  let d0: f64[a0, a2] = load("d0.npy")
  let d1: f32[] = load("d1.npy")
  let net = Main[]
  print(net(d0, d1))
}

