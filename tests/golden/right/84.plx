// --precision f64
use nn
axis a0 = 2
axis a1 = 4
axis a2 = 4
axis a3 = 3
fn f0[k1](x2: [a2, k1], x3: a1[], x4: a0[]) -> [a2] {
  var s6 = tanh((tanh(grad((v5: [a0, a2, k1]) => 0.437)((1.337 * ones[a0, a2, k1]))) @[a2] (sin(real(1 + 2 * a2)) + (1.537 * ones[a2]))))
  for i7 in k1 {
    var s9 = tan(tanh((checkpoint { let u8 = sin(real(1 + 1 * a3)); (1.337 * ones[k1]) })))
    for i10 in k1 {
      s9 = tanh(((0.637 / (1.1 + 0.437^2)) + (if s9 > 0.0193 then sqrt(s9) else sin(real(2 + 3 * k1)))))
    }
    var s11 = tanh(((s6 - s6) + sigmoid(s6)))
    for i12 in a0 {
      s11[a0: a0((2) mod #a0)] = tanh(s11[a0: 0])
    }
    s6[k1: i7] = sin(real(2 + 1 * a0))
  }
  let v13 = (sum[a3 -> k1: k1((2 + 1 * a3) mod #k1)]((tanh(((0.237 * ones[a1, a2]) @[a1] x2[+a1, +a3])) @[k1] tanh(sqrt(0.4 + (1.437 * ones[k1])^2)))) * x2)
  ((0.437 * ones[a2]) - (prod[a1 -> a2: a2((1 + 2 * a1) mod #a2)](1.1 + (0.4 * tanh((1.537 * ones[a1])))) * erf(((0.037 * ones[a2]) / (1.1 + sin(real(2 + 3 * a2))^2)))))
}
fn f14(x15: [a2, a3]) -> [a3] {
  var s16 = sin(mean[a2](x15))
  if ((2) mod 3 < 1) {
    let v17 = (((0.137 * ones[a3]) * sin(real(0 + 1 * a3))) @[a3] s16[+a1])[a1: clamp(a1 + 1 * a2 - #a2 div 2)][a2: clamp((2 + 3 * a3))]
    s16 = s16
  }
  (prod[a0](1.1 + (0.4 * tanh((s16[+a0] + softmax[a3 where ((2 + 3 * a0 + 3 * a3) mod 2 < 2)]((0.637 * ones[a0, a3]))))))[a3: wrap(a3 - 2)] - s16)
}
fn f18(x19: [], x20: a0[a3], x21: []) -> [a3] {
  var s23 = tanh((if (fix z22 = 0.4 * tanh(z22 + tanh(x21)) + x19 from x19 within 1e-13 at most 200) > 0.0193 then sqrt((fix z22 = 0.4 * tanh(z22 + tanh(x21)) + x19 from x19 within 1e-13 at most 200)) else x19))
  for i24 in a3 {
    s23 = tanh((if (not ((2) mod 2 < 2)) then (tanh(norm[a2](x19[+a2, +a3] + 0.717 + real(a2))) @[a3] (x19[+a3] + x19[+a3])) else (checkpoint { let u25 = sum[a3](x21[+a3]); max(0.0171 + x21, s23) })))
  }
  let v26 = atan2(x19, (1.1 + mean[a1](expm1((1.037 * ones[a2]))[a2: clamp(int(((1 + 1 * a1) mod 3 < 1)))])^2))
  (sum[a2]((if any[a2](any[a1](((1 + 2 * a1 + 1 * a2) mod 3 < 1))) then grad((v28: [a2, a3]) => erfc(x19))((fix z27 = 0.4 * tanh(z27 + tanh(s23[+a2, +a3])) + (1.137 * ones[a2, a3]) from (1.137 * ones[a2, a3]) within 1e-13 at most 200)) else sigmoid(((1.2 + (0.037 * ones[a3])^2)^0.7)))) / #a2)
}
block Main(x29: f64[a0, a2]) -> (r0: f64[], r1: f64[]) {
  param w30: [] = 0.7
  param w31: [a2] = uniform[a2]
  let v32 = x29[+a1]
  axis s33 = #a2
  var s34 = f64(tanh(sum[a1 -> s33: s33((2 + 1 * a1) mod #s33)](w30[+a1])[s33: argmin[s33](w30[+s33] + 0.0113 * real(s33))]))
  let y35 = for i36 in a0 {
    let v37 = count_true[a2]((not ((((2 + 3 * a0 + 2 * a2) mod 2 < 2) and ((0 + 2 * a0 + 1 * a2) mod 2 < 2)) or (s34 < 0.237))))
    s34 = f64(tanh((if any[a3](((1.337 * ones[a3]) < 0.337)) then cosh(tanh((w30 * s34))) else clamp((checkpoint { let u38 = s34; s34 }), -0.713, 0.877))))
    yield f64(real(int(a0((2) mod #a0))))
  }
  let v39 = (not ((1 + 3 * a0 + 3 * a1 + 3 * s33) mod 3 < 2))
  var s40 = f64(tanh(((s34[+a3] @[a3] (s34[+a1, +a3] + w30)) / #a3)))
  if (s34 < 1.237) {
    let r41 = (h: (((min(0.0171 + w30, s40) @[a1] w30[+a1'][a1' -> a1]) / #a1) - min[s33]((w30[+s33] - (0.637 * ones[s33])) + 0.0113 * real(s33))), c: ((1.3 + tanh(mean[a0]((s34[+a1] @[a1] s40[+a0])))^2)^(-1.5)))
    let r42 = 0.7 * r41 + 0.2 * r41
    s40 = f64(tanh(mean[a0, a2](v32)))
  }
  (r0: f64(grad((v43: []) => logsumexp[a2](w31))(f64(tanh(sinh(asin(0.8 * tanh((if w30 > 0.0193 then sqrt(w30) else s34)))))))), r1: f64(tanh((((s34[+a2] @[a2] mean[a0, a1](v32)) * s34) * relu(0.137 + tan(tanh((if s34 > 0.0193 then sqrt(s34) else s34))))))))
}
experiment e() {
  let d0: f64[a0, a2] = load("d0.npy")
  let net = Main[]
  print(net(d0))
  let slope = grad((m) => mean(tanh(m(d0).r0)))(net)
  print(norm(slope))
  print(grad((v: f64[a0, a2]) => mean(tanh(net(v).r0)))(d0))
}

