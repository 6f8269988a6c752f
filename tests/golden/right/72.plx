// --precision f32
use nn
axis a0 = 3
axis a1 = 3
axis a2 = 4
axis a3 = 3
axis a4 = #a0 + #a3
fn f0[k1, k2, k3](x4: []) -> [a3] {
  let v6 = (((x4[+a2] + softmax[a2 where (not ((1 + 2 * a2) mod 2 < 1))](expm1(tanh(grad((v5: [a2]) => x4)(x4[+a2]))))) @[a2] (one_hot[a2](a2((1) mod #a2)) - x4[+a2])) / #a2)
  var s7 = tanh((v6 * sin(real(2 + 3 * a4)))[a4: clamp(a4 + 1 * k3 - #k3 div 2)])
  var n8 = 0
  while n8 < 1 and ((0) mod 2 < 2) {
    let v9 = a3(count_true[a3]((not (not ((0 + 1 * a3) mod 2 < 2)))) mod #a3)
    s7 = tanh(grad((v10: [a4, k3]) => (if v10[a4: 4, k3: 0] > 0.0193 then sqrt(v10[a4: 4, k3: 0]) else v6))(tanh(((cosh(s7[+a1]) @[a1] (tanh(v6[+k3]) @[k3] x4[+a1, +k3])) / #a1))))
    n8 = n8 + 1
  }
  let v12 = grad((v11: []) => (tanh(v6[+a0]) @[a0] v11[+a0]))(tanh((tanh(((real((0)))^3)) * ((x4[+a4] * sin(real(2 + 3 * a4))) @[a4] tanh((v6[+a4] * v6[+a4]))))))
  v6[+a3]
}
block B13[k14](x15: [], x16: i64[a2, a3]) -> [a3] {
  param w17: [a0, k14] = uniform[a0, k14]
  param w18: [a1, k14] = 0.3 * normal[a1, k14]
  let v19 = logsumexp[a0](tanh(softplus(tan(tanh(x15[+a0, +a4'][a4' -> a4])))))
  let v20 = (not all[k14](((not ((1 + 1 * k14 + 1 * a4') mod 2 < 1)) or (((2 + 2 * k14 + 1 * a4') mod 3 < 2) and ((2 + 1 * k14 + 3 * a4') mod 3 < 2)))))
  (sum[a1](grad((v22: []) => (checkpoint { let u23 = (0.837 * ones[a3]); v22[+a1] })[a1: argmax[a1]((1.737 * ones[a1]) + 0.0113 * real(a1))])(tanh((checkpoint { let u21 = (x15 / (1.1 + x15^2)); sum[a4' where v20[+a1, +a3]](x15[+a1, +a3, +a4']) })))) / #a1)
}
fn f24[k25, k26](x27: [a1], x28: [a1, k25], x29: [a0, a1]) -> [a3] {
  var s30 = tanh(sinh(tanh(((1.137 * ones[a4]) @[a4] sin(real(1 + 2 * a4))))))
  let y31 = for i32 in a4 {
    let (y34, t35) = linearize((v37: [a1]) => (s30[+a1, +k25] @[a1] tanh(grad((v39: [a1, a3]) => stop(s30))((checkpoint { let u38 = s30[+a0, +k25]; x27[+a3, +k25] })))), tanh(grad((v33: []) => s30)(tanh(sum[a3](s30[+a1, +a3])))))
    let u36 = t35(tanh(sum[a0 -> a1: a1((0 + 3 * a0) mod #a1)](sort[a0](s30[+a0] + 0.0113 * real(a0)))))
    let (y40, t41) = linearize((v43: []) => relu(0.137 + atan2(clamp(v43, -0.713, 0.877), (1.1 + (s30[+k25] @[k25] v43[+k25])^2))), tanh(stop(sum[k25](s30[+k25]))))
    let u42 = t41(min[k25 where ((1 + 3 * k25) mod 2 < 2) else 1.437](((1.3 + s30[+k25]^2)^(-1.5)) + 0.0113 * real(k25)))
    s30 = tanh(x29[a0: 2, a1: 1])
    yield tanh(grad((v44: []) => y40)(tanh((((tanh(u42[+a0, +a3]) @[a0] tanh(u42[+a0])) @[a3] y40[+a3][a3: #a3 - 1 - a3]) / #a3))))
  }
  s30[+a3]
}
block Main(x45: f32[], x46: bool[a4], x47: f32[a0]) -> (r0: f32[]) {
  param w48: [a4] = normal[a4]
  let n49 = bernoulli(sigmoid(((x45[+a3] @[a3] x45[+a1, +a3]) - (x45[+a1] / (1.1 + x45[+a1]^2)))))
  let net50 = B13[a3]
  var s51 = f32(tanh(real((0))))
  for i52 in a1 {
    let v53 = sum[a1 where n49[+a2]]((0.337 * ones[a1, a2]))[a2: clamp(int(((2) mod 2 < 1)))]
    var s54 = f32(tanh((x45 - real((1)))))
    if any[a0](((0 + 3 * a0) mod 2 < 2)) {
      s54 = f32(tanh((x47 @[a0] tanh(abs(0.0713 + grad((v55: []) => x45)(f32(s54[+a0])))))))
    }     else {
      s54 = f32(tanh((x45 - x47[a0: 1])))
    }
    s51 = f32(tanh((checkpoint { let u56 = logsumexp[a4]((s51[+a4] - w48)); ((checkpoint { let u57 = s51[+a4]; x45 }) + ((v53[+a1] @[a1] s54[+a1]) / #a1)) })))
  }
  var s58 = f32(s51[+a1, +a2])
  for i59 in a2 {
    var s61 = f32(tanh(atan2((checkpoint { let u60 = x45; s51[+a2, +a3] }), (1.1 + (if ((1 + 3 * a2) mod 2 < 1) then x45[+a2] else (1.237 * ones[a2]))^2))))
    for i62 in a3 {
      s61[a3: a3((1) mod #a3)] += f32(tanh(x45[+a2]))
    }
    var s64 = f32(tanh(grad((v63: []) => sigmoid(s51))(f32(tanh((sin(real(0 + 1 * a4)) @[a4] x45[+a4]))))))
    for i65 in 0..1 {
      s64 = f32(tanh(prod[a3](1.1 + (0.4 * tanh(sum[a0 where ((0 + 3 * a0 + 2 * a3) mod 2 < 1)](tanh(((s51[+a0, +a3])^2))))))))
    }
    s58 = f32(tanh(grad((v66: [a1, a2]) => (s51 * (s51 - s51)))(f32(tanh(sum[a4 -> a1: a1((0 + 3 * a4) mod #a1)](s51[+a2][a2: a2 + 2 * a4 - #a4 div 2 else 0]))))))
  }
  let y67 = for i68 in a0 {
    var s69 = f32(tanh(max[a2]((sin(real(2 + 2 * a1 + 3 * a2 + 3 * a3)) * s51[+a1, +a2, +a3]) + 0.0113 * real(a2))))
    for i70 in 0..0 {
      s69 = f32(tanh((sort[a3](stop(x45[+a1, +a3]) + 0.0113 * real(a3)) - sin(real(2 + 2 * a1 + 1 * a3)))))
    }
    yield f32(x45[+a1, +a4])
  }
  (r0: f32(x45))
}
experiment e() {
  let d0: f32[] = load("d0.npy")
  let d1: bool[a4] = load("d1.npy")
  let d2: f32[a0] = load("d2.npy")
  let net = Main[]
  print(net(d0, d1, d2))
  let slope = grad((m) => mean(tanh(m(d0, d1, d2).r0)))(net)
  print(norm(slope))
  print(grad((v: f32[]) => mean(tanh(net(v, d1, d2).r0)))(d0))
}

