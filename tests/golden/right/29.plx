// --precision f64
use nn
axis a0 = 2
axis a1 = 5
axis a2 = #a0 * #a1
axis a3 = 3
block B0[k1](x2: [a3], x3: a1[a3, k1], x4: [a0, a1]) -> [k1] {
  param w5: [] = 0.7
  param w6: [a0, k1] = normal[a0, k1]
  let v7 = a1((0 + 2 * a3) mod #a1)
  let r9 = (h: (grad((v8: [a0, a3]) => mean[a1](w5[+a1]))(tanh((((1.537 * ones[a0, k1]) @[k1] w5[+a3, +k1]) / #k1))) - cummax[a0]((x2[+a0] * w5[+a0]) + 0.0113 * real(a0))), c: reverse[a3](tanh((((w5[+k1] * w5[+k1]) @[k1] (w5[+a1, +a3, +k1] + x2[+a1, +k1])) / #k1))))
  let r10 = 0.7 * r9 + 0.2 * r9
  sin(real(2 + 3 * k1))
}
block B11(x12: [a1, a3], x13: bool[]) -> [a0, a1] {
  var s15 = tanh((checkpoint { let u14 = (1.337 * ones[a1, a2]); atan2(x12, (1.1 + sin(real(2 + 3 * a1))^2)) }))
  s15[a3: a3((1) mod #a3)] = sin(real(0 + 2 * a1))
  let v16 = sigmoid((if x13[+a0, +a1, +a3] then cummax[a0](x12[+a0] + 0.0113 * real(a0)) else min(0.0171 + real((0 + 1 * a0)), sum[a2 -> a0: a0((1 + 1 * a2) mod #a0)]((0.337 * ones[a2])))))
  let (y17, t18) = jvp((v20: [a0]) => real(int(argmax[a2](sin(real(2 + 3 * a2 + 3 * a3)) + 0.0113 * real(a2)))), sum[a3 where ((2 + 3 * a0 + 3 * a3) mod 2 < 2)](cos(sin(real(0 + 3 * a0 + 3 * a3)))), tanh(sum[a1](sin(real(2 + 2 * a0 + 2 * a1)))))
  (0.237 * ones[a0, a1])
}
block Main(x21: f64[a0, a2]) -> (r0: f64[a1, a2]) {
  param w22: [a2, a3] = ones[a2, a3]
  let v23 = count_true[a2]((sin(real(1 + 1 * a0 + 3 * a1 + 3 * a2 + 1 * a3)) >= 0.137))
  let r24 = (h: (if (((2) mod 2 < 2) and (((1) mod 3 < 2) or ((0) mod 3 < 2))) then mean[a2, a3](w22) else (abs(0.0713 + (1.137 * ones[a3])) @[a3] ((1.037 * ones[a3]) + softmax[a3 where ((2 + 1 * a3) mod 3 < 1)](sin(real(0 + 2 * a3)))))), c: max(0.0171 + cumsum[a2']((1.737 * ones[a1, a2, a2'])), (1.637 * ones[a1, a2, a2']))[a2': int(a2)])
  let r25 = 0.7 * r24 + 0.2 * r24
  let v28 = min[a1 -> a0: argmax[a0](log(1.3 + r24.h[+a0, +a1, +a0']^2)[a0': int(a0)] + 0.0113 * real(a0)) else 1.837](cos((checkpoint { let u27 = grad((v26: []) => v26)(f64(tanh(r24.h))); mean[a2' where ((1 + 2 * a1 + 3 * a2') mod 3 < 2) else 1.137](r24.h[+a1, +a2']) })))
  let (r31, r32) = (grad((v30: []) => rsqrt(0.6 + (r24.h / (1.1 + v30^2))^2))(f64(tanh((checkpoint { let u29 = (-(1.337 * ones[a0])); log1p(r24.h^2) })))), (mean[a2](x21) @[a0] tanh(min(0.0171 + r24.h[+a1], r24.h[+a1])[a1: wrap((2 + 1 * a0))])))
  let r33 = (h: r32[+a3, +a0'][a3: a3((1) mod #a3)], c: r32)
  let r34 = 0.7 * r33 + 0.2 * r33
  (r0: f64((((r32[+a1][a1: clamp(a1 + 2 * a2 - #a2 div 2)] * (1.137 * ones[a2, a2'])[a2': a2'((1 + 3 * a1) mod #a2')]) + cos(r32[+a1][a1: a1 + 1 * a2 - #a2 div 2 else 0.737])) + real(int(a2'((2 + 1 * a1 + 2 * a2) mod #a2'))))))
}
experiment e() {
  let d0: f64[a0, a2] = load("d0.npy")
  let net = Main[]
  print(net(d0))
}

