// --precision f32
use nn
axis a0 = 7
axis a1 = #a0
axis a2 = 1
axis a3 = 7
axis a4 = (a4_0, a4_1, a4_2)
block B0[k1](x2: [], x3: a0[a0]) -> [a3, a4] {
  let v4 = ((1 + 1 * a0 + 3 * a1 + 2 * a4) mod 3 < 1)
  let v5 = argmin[a4]((if (not (((2 + 2 * a4) mod 2 < 1) and ((0 + 2 * a4) mod 3 < 1))) then exp(tan(sin(real(1 + 2 * a0 + 3 * a4)))) else x2[+a0, +a4]) + 0.0113 * real(a4))
  let v6 = (not any[k1](all[a2](((2 + 3 * a2 + 2 * a4 + 2 * k1) mod 3 < 1))))
  (if any[k1](v6[+a3, +k1]) then clamp(x2[+a3, +a4], -0.713, 0.877) else ((sum[a1 -> a3: a3((1 + 1 * a1) mod #a3)](x2[+a1, +a4]) / (1.1 + x2[+a0, +a3, +a4][a0: wrap((0))]^2)) + (cummax[a2]((1.637 * ones[a2]) + 0.0113 * real(a2)) @[a2] tanh(grad((v7: [a2, a3, a4]) => x2)(x2[+a2, +a3, +a4])))))
}
block Main(x8: f32[]) -> (r0: f32[a1, a3, a4], r1: f32[]) {
  param w9: [a3, a4] = ones[a3, a4]
  let (y10, g11) = value_and_grad((v12: []) => grad((v13: []) => (-(if ((0) mod 3 < 1) then v13 else v12)))(f32(sin((v12 - v12)))))(f32(tanh(relu(0.137 + real((1))))))
  let (y14, t15) = linearize((v17: [a4]) => mean[a3]((sin(real(0 + 2 * a3')) + g11[+a3'])[a3' -> a3]), f32(((-sin(real(1 + 2 * a4))) + tanh((g11[+a4] * g11[+a4])))))
  let u16 = t15(f32(mean[a2 where ((2 + 1 * a2 + 3 * a4) mod 2 < 2) else 1.437](softmax[a4](tanh(y10[+a2, +a4])))))
  let v18 = a4((2 + 2 * a1 + 2 * a2 + 2 * a3) mod #a4)
  let v19 = (if cummax[a1](x8[+a1] + 0.0113 * real(a1)) > 0.0193 then sqrt(cummax[a1](x8[+a1] + 0.0113 * real(a1))) else y10)
  var s21 = f32(tanh(grad((v20: [a2, a3']) => relu(0.137 + g11))(f32(tanh(y14[+a2][a2: a2 + 1 * a3' - #a3' div 2 else 0])))))
  for i22 in a3' {
    s21[a3': i22] = f32(tanh(grad((v23: [a2]) => tanh((sum[a1](y14[+a1]) / #a1)))(f32(cummax[a2](tanh(y10[+a2]) + 0.0113 * real(a2))))))
    if ((0) mod 2 < 1) { break }
  }
  (r0: f32(real(count_true[a2]((not (y14[+a1, +a2, +a3, +a4] >= 1.537))))), r1: f32(y10))
}
experiment e() {
  let d0: f32[] = load("d0.npy")
  let net = Main[]
  print(net(d0))
}

