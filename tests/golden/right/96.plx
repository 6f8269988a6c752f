// --precision f64
use nn
axis a0 = 3
axis a1 = 3
axis a2 = #a1 + #a0
axis a3 = 7
axis a4 = #a0
fn f0(x1: []) -> [] {
  let v4 = (erf((concat[a1, a0 -> a2](x1[+a1], x1[+a0]) - x1[+a2])) @[a2] (fix z3 = 0.4 * tanh(z3 + tanh((((x1[+a2, +a3] @[a3] x1[+a2, +a3, +a4]) / #a3) * x1[+a2][a2: wrap(a2 + 2 * a4 - #a4 div 2)]))) + x1[+a4][a4: clamp(a4 + 2 * a2 - #a2 div 2)] from x1[+a4][a4: clamp(a4 + 2 * a2 - #a2 div 2)] within 1e-13 at most 200))
  ((exp(tanh(x1[+a0])) + sin(real(0 + 3 * a0))) @[a0] tanh((if ((x1 / (1.1 + x1^2)) < 0.437) then (if any[a1](((2 + 3 * a0 + 2 * a1) mod 2 < 1)) then min(0.0171 + x1[+a0], (0.337 * ones[a0])) else ((0.737 * ones[a1]) @[a1] x1[+a0, +a1])) else x1[+a0])))
}
block B5[k6](x7: []) -> [a0] {
  param w8: [] = 0.7
  param w9: [] = 0.7
  let (r13, r14) = (((x7[+a1, +a2] + w9[+a1, +a2]) * (w9[+a1, +a2] - x7[+a1, +a2]))[a1: a1((2 + 2 * a0) mod #a1)], tanh(((checkpoint { let u10 = w9[+a4]; x7[+a3][a3: a3((0) mod #a3)] }) * grad((v11: []) => grad((v12: []) => x7)(w8))(tanh((x7[+a1] @[a1] w9[+a1]))))))
  x7[+a0]
}
block Main(x15: f64[a0], x16: f32[a1]) -> (r0: f64[a1, a2, a3], r1: f64[a4], r2: f64[a1]) {
  param w17: [] = 0.7
  let v18 = max(0.0171 + ((1.137 * ones[a0, a2, a3]) - cos(w17[+a0, +a2, +a3])), tanh(((tanh((x16 @[a1] (0.637 * ones[a0, a1, a2, a3]))))^2)))[a0 -> a4]
  axis s19 = #a4
  var s20 = f64(relu(0.137 + softmax[s19](w17[+s19])))
  for i21 in 0..3 {
    var s22 = f64(softmax[s19](s20[+a4][a4: int(s19)]))
    for i23 in s19 {
      s22[s19: i23] += f64(tanh((tanh((w17[+s19] @[s19] x16[+s19]))[a1: wrap(a1 - 1)] @[a1] tanh((tanh((x16 @[a1] w17[+a1, +a3])) @[a3] acos(0.7 * sin((0.737 * ones[a1, a3]))))))))
      if (not (((0) mod 2 < 1) or ((1) mod 2 < 2))) { break }
    }
    s20 = f64(tanh(w17[+s19]))
  }
  axis s24 = #a0
  var s25 = f64(tanh(sum[a0 where ((2 + 2 * a0 + 3 * a2 + 1 * s19) mod 2 < 2)](x15[+a2, +s19])[a2: int(a1)]))
  for i26 in s19 {
    let v27 = sort[s19](w17[+a4, +s19] + 0.0113 * real(s19))
    let v28 = real(count_true[a1]((max(0.0171 + sin(real(0 + 3 * a1 + 3 * s19)), x16[+s19]) >= 0.737)))
    s25[s19: s19((1) mod #s19)] = f64(tanh(((w17[+a2, +s19] @[s19] s20[+a2])[a2: int(a1)] + softmax[a1 where ((0) mod 3 < 1)](erfc(rsqrt(0.6 + (1.037 * ones[a1])^2))))))
  }
  (r0: f64(tanh(((w17[+a1, +a2, +a3] * ((x16[+a2, +a3] / (1.1 + w17[+a2, +a3]^2)) / (1.1 + (sin(real(2 + 1 * a1 + 3 * a2 + 1 * a3)) / (1.1 + x16[+a2, +a3]^2))^2))) * ((1.2 + tanh((sum[a0]((x16[+a0, +a2, +a3, +s24] @[s24] x16[+a3, +s24])) / #a0))^2)^0.7)))), r1: f64(log1p((s20 @[s19] s20[+a4, +s24])^2)[s24: wrap(int(a4((0) mod #a4)))]), r2: f64((w17[+a1, +a4][a4 -> s19] @[s19] s20)))
}
experiment e() {
  let d0: f64[a0] = load("d0.npy")
  let d1: f32[a1] = load("d1.npy")
  let net = Main[]
  print(net(d0, d1))
  let slope = grad((m) => mean(tanh(m(d0, d1).r0)))(net)
  print(norm(slope))
  print(grad((v: f64[a0]) => mean(tanh(net(v, d1).r0)))(d0))
}

