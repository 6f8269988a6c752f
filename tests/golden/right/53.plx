// --precision f32
use nn
axis a0 = 7
axis a1 = 2
axis a2 = 3
axis a3 = #a2
axis a4 = (a4_0, a4_1, a4_2)
axis a5 = #a2
block B0(x1: [a5], x2: [a1, a3]) -> [a3, a5] {
  let v3 = argsort[a4]((if clamp(sin(real(2 + 2 * a4)), -0.713, 0.877) > 0.0193 then sqrt(clamp(sin(real(2 + 2 * a4)), -0.713, 0.877)) else (1.237 * ones[a4])) + 0.0113 * real(a4))
  let v4 = log1p((if tanh((if (0.537 * ones[a0, a3, a4]) > 0.0193 then sqrt((0.537 * ones[a0, a3, a4])) else sin(real(2 + 1 * a0 + 2 * a3 + 3 * a4)))) > 0.0193 then sqrt(tanh((if (0.537 * ones[a0, a3, a4]) > 0.0193 then sqrt((0.537 * ones[a0, a3, a4])) else sin(real(2 + 1 * a0 + 2 * a3 + 3 * a4))))) else sum[a1 where ((2 + 1 * a0 + 2 * a1 + 2 * a3 + 2 * a4) mod 2 < 1)]((0.037 * ones[a0, a1, a2, a4])[a2 -> a3]))^2)
  var s5 = sum[a1](sigmoid(sin(real(1 + 3 * a1))))
  if ((0) mod 2 < 2) {
    let (r6, r7) = (sum[a4 -> a3: a3((0 + 1 * a4) mod #a3)](tanh((sum[a1]((x1[+a1, +a3, +a4] @[a3] s5[+a3, +a4, +a5])) / #a1))), sum[a3 -> a2: a2((2 + 2 * a3) mod #a2)](((sin(real(0 + 3 * a3)) + s5[+a3]) + tanh(sqrt(0.2 + var[a2](s5[+a2, +a3] + 0.717 + real(a2)))))))
    let (y9, t10) = jvp((v12: [a1, a3]) => mean[a3, a5](r6), tanh((stop(sin(real(2 + 3 * a1 + 3 * a3 + 3 * a5))) @[a5] s5[+a0, +a1][a0: a0((2 + 2 * a5) mod #a0)])), (fix z8 = 0.4 * tanh(z8 + tanh((0.337 * ones[a3]))) + s5[+a3] from s5[+a3] within 1e-13 at most 200)[a3: a3 + 1 * a1 - #a1 div 2 else 0.537])
    s5 = tanh(t10)
  }
  s5[+a3, +a5]
}
block Main(x13: f32[a0, a1], x14: f32[]) -> (r0: f32[a3, a5], r1: f32[a0, a5], r2: f32[]) {
  param w15: [] = 0.7
  let v16 = (if (w15[+a0, +a2, +a5] / (1.1 + x14[+a2, +a5][a2: #a2 - 1 - a2]^2)) > 0.0193 then sqrt((w15[+a0, +a2, +a5] / (1.1 + x14[+a2, +a5][a2: #a2 - 1 - a2]^2))) else min[a3](((1.837 * ones[a2, a3]) - x14[+a2, +a3]) + 0.0113 * real(a3)))[a5: wrap(sum[a0]((2 + 1 * a0 + 3 * a1)))]
  let v17 = max(0.0171 + stop(((w15[+a5] @[a5] (1.237 * ones[a2, a5])) / (1.1 + x14[+a2'][a2' -> a2]^2))), v16[a0: 5, a1: 1])
  let v18 = prod[a3 -> a2: a2((0 + 1 * a3) mod #a2)](1.1 + (0.4 * tanh(((if (w15[+a3, +a2'] + w15[+a3, +a2']) > 0.0193 then sqrt((w15[+a3, +a2'] + w15[+a3, +a2'])) else cumsum[a3](w15[+a3, +a2'])) + softmax[a3 where (w15[+a3, +a2'] < 1.737)](sum[a4](w15[+a3, +a4, +a2'])[a3: a3 - 3 else 1.037])))))
  (r0: f32(max(0.0171 + one_hot[a3](a3(((2) - (2)) mod #a3)), (sum[a1 -> a5: a5((1 + 1 * a1) mod #a5)](sin(real(0 + 3 * a1 + 1 * a2')))[a2': wrap(count_true[a0](((1 + 3 * a0 + 2 * a3) mod 2 < 1)))] * w15[+a3, +a5]))), r1: f32(log(1.3 + mean[a3](max[a5 where ((0 + 3 * a0 + 2 * a2 + 1 * a3) mod 3 < 2) else 0.137](x14[+a0, +a2, +a3, +a5] + 0.0113 * real(a5)))^2)[a2 -> a5]), r2: f32((erfc(tanh(mean[a2, a2'](v18))) * (v16[a0: 1, a2: 2] @[a1] tanh(grad((v19: []) => relu(0.137 + x14))(f32(softmax[a1](x14[+a1]))))))))
}
experiment e() {
  let d0: f32[a0, a1] = load("d0.npy")
  let d1: f32[] = load("d1.npy")
  let net = Main[]
  print(net(d0, d1))
}

