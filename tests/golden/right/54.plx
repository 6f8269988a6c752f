// --precision f64
use nn
axis a0 = 3
axis a1 = 1
axis a2 = 9
axis a3 = #a2
fn f0[k1, k2](x3: [a0, a2], x4: [a3, k2], x5: [a0, k2]) -> [] {
  var s6 = tanh(((if ((2) mod 2 < 2) then 1.137 else 0.037) * (0.537 * ones[k2])[k2: wrap(k2 + 2 * a2 - #a2 div 2)]))
  for i7 in k2 {
    var s8 = softmax[a1]((1.437 * ones[a1]))[a1: a1((2) mod #a1)]
    for i9 in a3 {
      s8 = sin((atan2(s8, (1.1 + s8^2)) * (fix z10 = 0.4 * tanh(z10 + tanh(s8)) + s8 from s8 within 1e-13 at most 200)))
      if ((2) mod 3 < 1) { break }
    }
    var s11 = tanh(((x3[a2: 6] @[a0] min(0.0171 + x3[+a1], s8[+a0, +a1, +a2])) / #a0))
    for i12 in a1 {
      s11[a1: i12] = tanh((((erf(s8[+a2']) + s8[+a2']) @[a2'] acos(0.7 * sin((s8[+a2, +a2'] + softmax[a2 where ((2 + 2 * a2) mod 3 < 2)](s8[+a2, +a2']))))) / #a2'))
    }
    s6[k2: i7] = tanh((checkpoint { let u13 = mean[a3](x4); (s8[+a1, +a2] @[a1] sigmoid(sin(real(2 + 1 * a1)))) }))
  }
  var s14 = softmax[a0]((1.737 + (1.337 * ones[a0])))
  if any[k2](any[a1](any[k1](((0 + 3 * a1 + 1 * k1 + 3 * k2) mod 3 < 1)))) {
    s14 = s14
  }
  0 * sum(x3) + 0.137
}
block B15[k16](x17: [], x18: i64[a0, a1]) -> [] {
  let h19 = jacobian[a2 -> a2']((v20: [a2]) => acos(0.7 * sin((x17[+a0] @[a0] (1.337 * ones[a0])))))(softmax[a2](((x17[+a2, +a3] @[a3] x17[+a2, +a3]) / #a3)))
  let v21 = x17[+a1]
  let n22 = permutation[a3]
  prod[a2](1.1 + (0.4 * tanh(abs(0.0713 + (if x17[+a2][a2: wrap(a2 - 3)] > 0.0193 then sqrt(x17[+a2][a2: wrap(a2 - 3)]) else (if ((2 + 3 * a2) mod 2 < 1) then x17[+a2] else x17[+a2]))))))
}
block Main(x23: f64[a1, a2], x24: f64[]) -> (r0: f64[a1, a2, a3], r1: f64[a0, a2]) {
  let v25 = x23[a2: 4]
  let (r26, r27) = ((sin(real(1 + 2 * a3))[a3: (1 + 3 * a0') else 0.837][a0' -> a0] @[a0] tanh((logsumexp[a1](v25[+a0]) + real((0 + 1 * a0))))), ((v25[+a0'] + cumsum[a1]((1.537 * ones[a1, a0']))) * (max[a0]((1.037 * ones[a0, a1, a0']) + 0.0113 * real(a0)) + (0.537 * ones[a1, a0', a1'])[a1': int(a1)])))
  let v28 = real(int(a2((1 + 3 * a1 + 3 * a0' + 1 * a1') mod #a2)))
  let v29 = cumprod[a2](1.1 + 0.2 * tanh(tanh((sum[a0 -> a2: a2((1 + 1 * a0) mod #a2)](x24[+a0]) * (sin(real(1 + 2 * a2)) - sin(real(0 + 2 * a2)))))))[a2: a2((1 + 1 * a0' + 2 * a1') mod #a2)]
  let (y30, g31) = value_and_grad((v32: [a1, a0']) => real((0)))(f64(tanh(min(0.0171 + logsumexp[a3](sin(real(1 + 2 * a1 + 3 * a3 + 2 * a0'))), (v25[+a0'] + x24[+a1, +a0'])))))
  (r0: f64((sum[a0'](((atan2(r27[+a2, +a3], (1.1 + r26[+a1, +a2, +a3, +a0']^2)) + max[a0](r26[+a0, +a1, +a2, +a3, +a0'] + 0.0113 * real(a0))) - log1p((sin(real(1 + 1 * a1 + 3 * a2 + 3 * a0')) * r27[+a2])^2))) / #a0')), r1: f64((if ((0 + 2 * a0 + 3 * a2) mod 3 < 1) then mean[a1 where (((1 + 2 * a0 + 3 * a2) mod 3 < 1) or ((2 + 1 * a0 + 1 * a2) mod 2 < 1)) else 0.637]((cumsum[a1](r26[+a0, +a1, +a2]) - grad((v33: [a0, a1, a2]) => x24)(f64(x23[+a0])))) else (mean[a0'](y30[+a0, +a0'][a0: a0 + 1 * a2 - #a2 div 2 else 0]) + sin(real(1 + 1 * a2))[a2: clamp(a2 + 2 * a0 - #a0 div 2)]))))
}
experiment e() {
  let d0: f64[a1, a2] = load("d0.npy")
  let d1: f64[] = load("d1.npy")
  let net = Main[]
  print(net(d0, d1))
  print(grad((v: f64[a1, a2]) => mean(tanh(net(v, d1).r0)))(d0))
}

