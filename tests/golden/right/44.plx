// --precision f32
use nn
axis a0 = 33
axis a1 = 3
axis a2 = 1
axis a3 = (#a0 - 1 * (#a1 - 1) - 1) div 1 + 1
axis a4 = 2
fn f0[k1, k2](x3: [a0, a1], x4: bool[a0]) -> [] {
  var s5 = atan(0.237)
  if ((1) mod 3 < 1) {
    let v6 = tanh(norm[a3](tanh((((tanh(((s5[+a0])^3))[a0: 1 * a3 + 1 * a1] @[a1] rsqrt(0.6 + sin(real(2 + 2 * a1))^2) / #a1))^2)) + 0.717 + real(a3)))
    s5 = tanh(mean[a0, a1](x3))
  }
  let v8 = softmax[a0](tanh(sqrt(0.2 + var[a4]((sin(real(1 + 2 * a0 + 3 * a1 + 1 * a2 + 2 * a4 + 3 * a2'))[a2': int(a2)] + grad((v7: []) => s5)(s5)) + 0.717 + real(a4)))))
  ((sum[k1](grad((v9: [k1]) => (s5 + s5))(tanh((s5[+a1, +k1] @[a1] s5[+a1, +k1])))) / #k1) / (1.1 + mean[k1](mean[a4 where ((0 + 3 * a4 + 1 * k1) mod 2 < 2) else 0.237](softmax[k1](s5[+a4, +k1])))^2))
}
block Main(x10: f32[a0, a1], x11: f32[a4]) -> (r0: f32[a0, a3]) {
  param w12: [a2, a4] = normal[a2, a4]
  let v14 = sum[a0 -> a4: a4((1 + 1 * a0) mod #a4)](tanh(grad((v13: [a1, a2, a3]) => real((0)))(f32(tanh((x11[+a3] @[a4] w12[+a1]))))[a3: (1 + 3 * a0) else 0.037]))
  let v15 = atan2(v14[a4: 1], (1.1 + sum[a4 -> a1: a1((0 + 1 * a4) mod #a1)](tanh(sqrt(0.2 + var[a0](tanh(sum[a3 -> a0: a0((2 + 1 * a3) mod #a0)](sin(real(2 + 3 * a2 + 1 * a3 + 2 * a4)))) + 0.717 + real(a0)))))^2))
  var s16 = f32(tanh(x11[+a0]))
  if (((not ((2) mod 2 < 1)) or any[a1](((1 + 1 * a1) mod 3 < 2))) or (x11[a4: 1] >= 1.537)) {
    let y17 = for i18 in a2 {
      yield f32(x11)
    }
    s16 = f32(tanh(sum[a1](max(0.0171 + ((0.737 * ones[a1, a4]) / (1.1 + x11[+a1]^2)), tanh(real((1 + 3 * a0 + 2 * a1 + 1 * a4)))))))
  }
  var s19 = f32(0.737)
  for i20 in a0 {
    let (y21, t22) = linearize((v24: [a3]) => max(0.0171 + (tanh(((1.2 + x11[+a3]^2)^0.7)) @[a4] s19[+a4]), (erfc(v24) - (checkpoint { let u25 = s19[+a0]; v24 }))), f32(tanh(sum[a1 -> a3: a3((0 + 2 * a1) mod #a3)](cosh((1.337 * ones[a1]))))))
    let u23 = t22(f32(tanh((if ((2) mod 2 < 1) then s19[+a3] else s19[+a3]))))
    s19 = f32(tanh(f0[a2, a3](f32(tanh(cumprod[a0](1.1 + 0.2 * tanh((s19[+a0] + sin(real(2 + 1 * a0 + 1 * a1))))))), (not (((2 + 3 * a0) mod 3 < 1) or ((1 + 3 * a0) mod 2 < 1))))))
  }
  (r0: f32(((checkpoint { let u26 = softmax[a2](s19[+a2]); u26[+a0, +a3] }) @[a2] (if s19[+a0, +a2] > 0.0193 then sqrt(s19[+a0, +a2]) else asin(0.8 * tanh(s19[+a0']))[a0' -> a0]))))
}
experiment e() {
  let d0: f32[a0, a1] = load("d0.npy")
  let d1: f32[a4] = load("d1.npy")
  let net = Main[]
  print(net(d0, d1))
  let slope = grad((m) => mean(tanh(m(d0, d1).r0)))(net)
  print(norm(slope))
  print(grad((v: f32[a0, a1]) => mean(tanh(net(v, d1).r0)))(d0))
}

