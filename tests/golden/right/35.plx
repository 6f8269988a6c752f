// --precision f32
use nn
axis a0 = 3
axis a1 = 3
axis a2 = #a0
axis a3 = (a3_0, a3_1)
axis a4 = 2
block B0(x1: [], x2: [a0], x3: a1[a0, a2]) -> [a3, a4] {
  var s5 = tanh((fix z4 = 0.4 * tanh(z4 + tanh(abs(0.0713 + x1))) + logsumexp[a4](x1[+a4]) from logsumexp[a4](x1[+a4]) within 1e-13 at most 200))
  var n6 = 0
  while n6 < 1 and s5 < 0.8537 {
    let v8 = sinh(tanh((fix z7 = 0.4 * tanh(z7 + tanh((tanh(((1.2 + s5[+a3]^2)^0.7)) @[a3] tanh((x1[+a3, +a4] @[a4] s5[+a4]))))) + s5 from s5 within 1e-13 at most 200)))
    s5 = tanh((abs(0.0713 + (fix z9 = 0.4 * tanh(z9 + tanh(s5[+a0])) + (0.737 * ones[a0]) from (0.737 * ones[a0]) within 1e-13 at most 200)) @[a0] tanh((((if x1[+a2] > 0.0193 then sqrt(x1[+a2]) else x1[+a2]) @[a2] x1[+a0, +a2]) / #a2))))
    n6 = n6 + 1
  }
  let v12 = argsort[a4]((tanh((grad((v10: [a1, a4]) => s5)(x1[+a1, +a4]) * sum[a2 -> a1: a1((0 + 2 * a2) mod #a1)](x1[+a2, +a4]))) @[a1] (s5[+a2][a2: clamp(a2 + 1 * a1 - #a1 div 2)] - (fix z11 = 0.4 * tanh(z11 + tanh(x1[+a2])) + x1[+a2] from x1[+a2] within 1e-13 at most 200))) + 0.0113 * real(a4))
  let v13 = ((1.437 * ones[a2, a3]) >= 0.237)
  (sum[a2](grad((v14: [a2, a3, a4]) => s5)(s5[+a2, +a3, +a4])) / #a2)
}
block B15[k16](x17: [a4], x18: bool[]) -> [a1] {
  param w19: [a4, k16] = 0.3 * normal[a4, k16]
  var s20 = erfc((sin(real(0 + 1 * a3)) @[a3] sin(real(2 + 1 * a3))))
  for i21 in 0..2 {
    let v23 = (max[a0 where ((2 + 2 * a0) mod 2 < 2) else 0.837]((sin(real(0 + 3 * a0)) * s20[+a0]) + 0.0113 * real(a0)) + grad((v22: [a4]) => exp(s20))(tanh(((x17)^2))))[a4: a4((0 + 1 * a1 + 1 * k16) mod #a4)]
    let v24 = i21
    s20 = tanh(((atan2(s20, (1.1 + s20^2)) / (1.1 + mean[a1, k16](v23)^2)) + ((s20 * s20) - s20)))
  }
  let (y25, g26) = value_and_grad((v27: [a2]) => s20)(s20[+a2])
  let v33 = grad((v32: [a0, a2]) => s20)(tanh(grad((v30: [a2]) => (checkpoint { let u31 = s20[+a2, +k16]; v30 })[a2: a2((1) mod #a2)])(tanh(grad((v28: [a0, a2]) => grad((v29: []) => v29)(y25))(tanh((s20[+a3] @[a3] s20[+a0, +a2, +a3])))))))
  y25[+a1]
}
block Main(x34: f32[a3], x35: f32[a2]) -> (r0: f32[a2, a3, a4]) {
  var s36 = f32(erfc(tanh((x34 @[a3] (1.737 * ones[a3])))))
  let y37 = for i38 in a4 {
    var s40 = f32(tanh(grad((v39: []) => s36[+a1][a1: a1((1) mod #a1)])(f32(s36))))
    for i41 in 0..4 {
      s40 = f32(tanh(((sort[a1]((0.537 * ones[a1]) + 0.0113 * real(a1)) + atan((0.637 * ones[a1]))) @[a1] tanh((tanh(var[a4](s36[+a0, +a1, +a4])) @[a0] sum[a4](s40[+a0, +a1, +a4]))))))
    }
    s36 = f32(tanh(grad((v42: []) => (if ((1) mod 3 < 2) then atan(s40) else mean[a2](x35)))(f32(s40))))
    yield f32(s36)
  }
  let y43 = for i44 in a0 {
    let (y45, g46) = value_and_grad((v47: []) => (acos(0.7 * sin(erf(s36))) - v47))(f32(tanh((tanh(real((1 + 1 * a1))) @[a1] (if s36[+a1] > 0.0193 then sqrt(s36[+a1]) else (1.137 * ones[a1]))))))
    yield f32(y45[+a1, +a4])
  }
  let (y48, g49) = value_and_grad((v50: [a1, a3]) => ((((checkpoint { let u51 = x34[+a0]; y37 }) / (1.1 + (if ((1 + 1 * a4) mod 2 < 2) then y37 else (1.837 * ones[a4]))^2)) @[a4] min[a2](tanh(((s36[+a2, +a4])^3)) + 0.0113 * real(a2))) / #a4))(f32(tanh(((s36[+a2, +a3] @[a2] x35[+a1, +a3]) / (1.1 + ((1.237 * ones[a3]) * x34)^2)))))
  let v53 = (tanh(var[a3]((tanh((y48[+a0, +a3] * y48[+a0, +a3])) + x34[+a0]))) - tanh((expm1((sin(real(0 + 1 * a0)) * s36[+a0])) * grad((v52: [a0]) => ((1.737 * ones[a0']) @[a0'] tanh(y48[+a0'])))(f32(sin(real(2 + 1 * a0'))[a0' -> a0])))))
  (r0: f32(sin(real(0 + 3 * a2 + 2 * a3 + 3 * a4))))
}
experiment e() {
  let d0: f32[a3] = load("d0.npy")
  let d1: f32[a2] = load("d1.npy")
  let net = Main[]
  print(net(d0, d1))
}

