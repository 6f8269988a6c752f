// --precision f32
use nn
axis a0 = 5
axis a1 = 4
axis a2 = 2
axis a3 = 7
axis a4 = 7
axis a5 = #a4 + #a2
block B0[k1](x2: [a2, a3], x3: a5[]) -> [a3, a5] {
  var s4 = tanh((((0.737 * ones[a3, a5]))^3))[a5: int(a4)]
  for i5 in a4 {
    s4[a4: a4((0) mod #a4)] += tanh((mean[a2 where ((1) mod 3 < 2) else 0.137](sigmoid(x2)) * (sum[a5 -> a3: a3((1 + 2 * a5) mod #a3)](sin(real(0 + 3 * a5))) * ((0.837 * ones[a3]) * sin(real(1 + 2 * a3))))))
  }
  sin(real(2 + 1 * a3 + 1 * a5))
}
block B6[k7](x8: [k7], x9: [a2, a5], x10: [a0, a3]) -> [] {
  param w11: [] = 0.7
  param w12: [k7] = uniform[k7]
  let r14 = (h: concat[a4, a2 -> a5]((1.037 * ones[a4, a5']), w11[+a2, +a5'][a2: wrap(a2 - 3)])[a5': int(a5)], c: sum[a2 -> k7: k7((2 + 3 * a2) mod #k7)]((checkpoint { let u13 = ((1.237 * ones[a5']) + w11[+a5']); w11[+a2, +k7][k7: wrap((1))] })))
  let r15 = 0.7 * r14 + 0.2 * r14
  let v18 = grad((v17: [a5]) => rsqrt(0.6 + erfc(tanh(mean[k7](x8)))^2))(tanh(concat[a4, a2 -> a5](sum[a0 where ((0 + 2 * a4) mod 3 < 2)]((checkpoint { let u16 = (0.037 * ones[a2, a4]); w11[+a0, +a4] })), sigmoid(max[a5'](w11[+a2, +a5'] + 0.0113 * real(a5'))))))
  let v19 = ((1 + 1 * a3 + 2 * a5) mod 3 < 1)
  ((-((w11 + w11) + mean[a4](w11[+a4]))) / (1.1 + w11^2))
}
block Main(x20: f32[], x21: f32[a5], x22: f32[a1]) -> (r0: f32[a0], r1: f32[]) {
  param w23: [a2, a4] = ones[a2, a4]
  let v24 = int(a3((0) mod #a3))
  var s25 = f32(tanh(mean[a2]((x20[+a2, +a3, +a4] + sin(real(2 + 2 * a3))))))
  for i26 in a2 {
    let v28 = ((tanh(grad((v27: [a4]) => (if ((2) mod 3 < 2) then x20 else x20))(f32(tanh((if x20[+a0, +a4] > 0.0193 then sqrt(x20[+a0, +a4]) else sin(real(0 + 2 * a0 + 1 * a4))))))) @[a0] softmax[a0]((x20[+a0, +a5] - x20[+a0]))) >= 1.837)
    s25 = f32(tanh(((tanh((((1.037 * ones[a1, a4, a5]) + softmax[a4 where v28[+a1]]((1.837 * ones[a1, a4, a5]))) @[a1] sigmoid(x22))) @[a5] (if (v28[+a3] or v28[+a3]) then mean[a2](sin(real(2 + 1 * a2 + 1 * a3 + 1 * a4 + 1 * a5))) else (s25[+a5] - x21[+a3, +a4]))) / #a5)))
    if all[a3]((x20[+a3] < 0.337)) { break }
  }
  let v30 = (tanh(((if x22[+a3, +a5] > 0.0193 then sqrt(x22[+a3, +a5]) else x22[+a3]) + sum[a0 -> a5: a5((1 + 1 * a0) mod #a5)](x20[+a0, +a1, +a3])))[a5: a5 - 2 else 1.337] + (tanh(((((0.337 * ones[a0, a5]) @[a5] (1.137 * ones[a0, a3, a5])) / #a5) * sum[a4](s25[+a0]))) @[a0] (if (not ((1 + 2 * a3) mod 3 < 1)) then asin(0.8 * tanh(x20[+a0, +a3])) else tanh(((x20[+a0, +a3])^2)))))
  let y31 = for i32 in a4 {
    var s33 = f32(tanh(atan2((x22 * x22), (1.1 + (x20 - x20)^2))))
    if ((checkpoint { let u34 = x20; (x20 + x20) }) >= 1.837) {
      s33 = f32(tanh(sum[a0 where (not ((1 + 2 * a0 + 1 * a1) mod 2 < 2))](min[a2](x20[+a0, +a1, +a2, +a5] + 0.0113 * real(a2))[a5: a5((1) mod #a5)])))
    }     else {
      s33 = f32(s33)
    }
    yield f32(tanh(grad((v35: []) => (if ((0) mod 2 < 1) then (0.637 * ones[a5])[a5: a5((2) mod #a5)] else sum[a5 where ((1) mod 3 < 2)](sin(real(0 + 3 * a5)))))(f32(tanh((atan2(x20, (1.1 + x20^2)) / (1.1 + cos(x20)^2)))))))
  }
  var s36 = f32(tanh(min(0.0171 + x20, x20)))
  var n37 = 0
  while n37 < 3 and s36 < 0.8537 {
    s36 = f32(tanh(x20))
    n37 = n37 + 1
  }
  (r0: f32(sin(real(0 + 2 * a0))), r1: f32(s36))
}
experiment e() {
  let d0: f32[] = load("d0.npy")
  let d1: f32[a5] = load("d1.npy")
  let d2: f32[a1] = load("d2.npy")
  let net = Main[]
  print(net(d0, d1, d2))
  let slope = grad((m) => mean(tanh(m(d0, d1, d2).r0)))(net)
  print(norm(slope))
  print(grad((v: f32[]) => mean(tanh(net(v, d1, d2).r0)))(d0))
}

