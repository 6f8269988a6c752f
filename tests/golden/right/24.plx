// --precision f32
use nn
axis a0 = 2
axis a1 = 3
axis a2 = 2
block B0[k1, k2](x3: [a0, a2], x4: [a0, a1], x5: bool[a1]) -> [] {
  param w6: [a1, a2] = 0.3 * normal[a1, a2]
  let n7 = categorical[k2]((0.237 * ones[a0, k1, k2]))
  var s9 = tanh((checkpoint { let u8 = (if ((1) mod 3 < 2) then 0.137 else 0.537); max[a2](u8[+a2] + 0.0113 * real(a2)) }))
  let y10 = for i11 in a2 {
    let v13 = s9
    s9 = tanh(max(0.0171 + ((1.3 + tanh(var[k1](s9[+k1]))^2)^(-1.5)), tan(tanh(log1p(v13^2)))))
    yield x4[a0: 1, a1: 0]
  }
  prod[k2](1.1 + (0.4 * tanh(s9[+k2])))
}
block Main(x14: f32[]) -> (r0: f32[a1, a2], r1: i64[a0, a1, a2], r2: a1[]) {
  param w15: [a0] = ones[a0]
  let v16 = max[a2 where ((not ((2 + 1 * a0 + 2 * a2) mod 3 < 2)) and ((1 + 3 * a0 + 2 * a2) mod 2 < 2)) else 1.837]((w15[+a1, +a2] * (tanh(sqrt(0.2 + var[a1](x14[+a0, +a1] + 0.717 + real(a1)))) @[a0] tanh(real((1 + 3 * a0 + 2 * a1 + 1 * a2))))) + 0.0113 * real(a2))
  let v21 = (grad((v18: [a2]) => grad((v19: []) => v18[a2: a2((2) mod #a2)])(f32(tanh(logsumexp[a2](v18)))))(f32(tanh(grad((v17: [a2]) => erf(x14))(f32(erf(x14[+a2])))))) / (1.1 + (one_hot[a2](a2((2) mod #a2)) - (tan(tanh(x14[+a0])) @[a0] tanh(grad((v20: [a0, a2]) => x14)(f32(w15[+a2])))))^2))
  let v22 = tanh(sqrt(0.2 + var[a1](mean[a0](v16) + 0.717 + real(a1))))
  let v23 = (softmax[a2](asin(0.8 * tanh(v22[+a0, +a1, +a2]))) * sort[a2](cosh(sin(v21[+a0, +a1])) + 0.0113 * real(a2)))
  let y24 = for i25 in a2 {
    let h26 = jacobian[a2 -> a2']((v27: [a2]) => mean[a1]((0.637 * ones[a1])))(f32(tanh(cummax[a2](x14[+a2] + 0.0113 * real(a2)))))
    var s29 = f32(tanh(((x14[+a0] + v22[+a0]) @[a0] (checkpoint { let u28 = sin(real(1 + 2 * a2)); x14[+a0] }))))
    var n30 = 0
    while n30 < 2 and s29 < 0.8537 {
      s29 = f32(tanh((x14[+a1] @[a1] max[a2' -> a1: a1((2 + 3 * a2') mod #a1) else 0.137](sin(real(0 + 1 * a2'))))))
      n30 = n30 + 1
    }
    yield f32(((s29[+a1, +a2] @[a2] (1.837 * ones[a0, a2]))[a1: a1 - 1 else 1.237] + softmax[a1 where ((1 + 1 * a0 + 1 * a1) mod 3 < 2)](tanh(((sin(real(2 + 2 * a0 + 1 * a2')) - x14) @[a2'] (x14[+a0, +a1, +a2'] * v22[+a0, +a2']))))))
  }
  (r0: f32(v22[+a1, +a2]), r1: (1 + 2 * a0 + 3 * a1 + 1 * a2), r2: a1((0) mod #a1))
}
experiment e() {
  let d0: f32[] = load("d0.npy")
  let net = Main[]
  print(net(d0))
}

