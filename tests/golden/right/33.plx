// --precision f64
use nn
axis a0 = 2
axis a1 = 8
axis a2 = 3
block B0[k1](x2: [], x3: bool[]) -> [k1] {
  var s4 = tanh((x2 + mean[a0 where ((1 + 3 * a0) mod 2 < 2) else 1.737](sin(real(2 + 2 * a0)))))
  for i5 in 0..1 {
    let (y6, g7) = value_and_grad((v8: []) => prod[k1](1.1 + (0.4 * tanh(x2[+k1]))))(x2)
    s4 = tanh((y6 - sum[a2 where x3[+a2]](x2[+a2])))
  }
  var s9 = tanh(min(0.0171 + (s4[+a2] @[a2] x2[+a2]), ((s4[+k1] @[k1] s4[+k1]) / #k1)))
  for i10 in 0..1 {
    let v11 = (max[k1 where (s9[+a1, +a2, +k1] >= 0.437) else 1.237](log(1.3 + erf(sin(real(2 + 3 * a1 + 1 * a2 + 3 * k1)))^2) + 0.0113 * real(k1)) - max(0.0171 + tanh(sqrt(0.2 + var[k1](clamp(x2[+a0, +a1, +a2, +k1], -0.713, 0.877) + 0.717 + real(k1)))), (atan2(s4[+a0, +a1], (1.1 + (1.037 * ones[a0, a1])^2)) + s9[+a0, +a1][a1: clamp(a1 + 1)])))
    let (y13, g14) = value_and_grad((v15: []) => x2)(tanh((grad((v12: []) => v12)(x2) / (1.1 + s9^2))))
    s9 = s9
  }
  s9[+k1]
}
block Main(x16: f64[a1], x17: f64[], x18: i64[a2]) -> (r0: f64[], r1: f64[a0, a1, a2], r2: i64[a0, a1]) {
  let net19 = B0[a1]
  let net20 = B0[a1]
  var s21 = f64(tanh((if all[a2](((2 + 1 * a0 + 3 * a1 + 2 * a2) mod 2 < 1)) then ((0.537 * ones[a0, a1]) / (1.1 + x16[+a0]^2)) else (sin(real(0 + 1 * a0 + 1 * a1)) @[a0] x17[+a0, +a1]))))
  var n22 = 0
  while n22 < 2 and any[a2]((x17[+a2] >= 0.537)) {
    let v23 = int((not (not (not ((0) mod 2 < 2)))))
    let v25 = sort[a1](((checkpoint { let u24 = logsumexp[a0](x16[+a0]); net20(f64(x17[+a2]), ((0 + 3 * a2) mod 2 < 1)) }) @[a2] softmax[a0](sinh(tanh(x16[+a0, +a2])))) + 0.0113 * real(a1))
    s21 = f64(atan(((if ((1 + 1 * a0) mod 2 < 1) then x17[+a0] else x17[+a0]) + (if ((0 + 1 * a0 + 1 * a1) mod 3 < 1) then x16[+a0] else x17[+a1]))))
    n22 = n22 + 1
    if ((2) mod 2 < 2) { break }
  }
  var s26 = f64(tanh(((sin(real(2 + 1 * a0 + 2 * a2)) * x17[+a0, +a2]) - sum[a1]((1.737 * ones[a0, a1, a2])))))
  let y27 = for i28 in a1 {
    let (y29, g30) = value_and_grad((v31: [a1]) => x17)(f64((rsqrt(0.6 + (1.537 * ones[a1])^2) / (1.1 + x17[+a1, +a2][a2: a2((0 + 1 * a1) mod #a2)]^2))))
    s26 = f64(tanh(sort[a0](((x17[+a2] + x17[+a2]) + abs(0.0713 + s26)) + 0.0113 * real(a0))))
    yield f64((tanh(floor(0.0137 + 3.1 * (x17[+a0, +a2] - y29[+a0, +a2]))) - (1.637 * ones[a0, a1])[a1: i28[+a2]]))
  }
  let v32 = x17[+a0]
  (r0: f64(tanh(((x17)^3))), r1: f64(reverse[a2](x17[+a0, +a1, +a2])), r2: sum[a2]((2 + 1 * a0 + 3 * a1 + 2 * a2)))
}
experiment e() {
  let d0: f64[a1] = load("d0.npy")
  let d1: f64[] = load("d1.npy")
  let d2: i64[a2] = load("d2.npy")
  let net = Main[]
  print(net(d0, d1, d2))
}

