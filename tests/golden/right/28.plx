// --precision f32
use nn
axis a0 = 3
axis a1 = 2
axis a2 = 1
axis a3 = 2
axis a4 = 9
fn f0[k1, k2](x3: [a3, k1], x4: [a3]) -> [a3, k1] {
  var s5 = sum[a2 -> k2: k2((2 + 2 * a2) mod #k2)](sin(real(2 + 3 * a2)))[k2: ((2 + 2 * a2) - (0 + 2 * a2)) else 1.737]
  if (not ((2) mod 2 < 2)) {
    let v6 = int(a3((2) mod #a3))
    s5 = tanh(((max(0.0171 + exp(s5[+a0]), real(v6[+a0, +a2])) @[a0] abs(0.0713 + sin(real(2 + 2 * a0 + 1 * a2'))[a2' -> a2])) / #a0))
  }   else {
    s5 = tanh(max(0.0171 + (tanh((sin(real(1 + 2 * a4)) @[a4] x4[+a2, +a4])) @[a3] x4), cos(s5[a2: wrap(a2 - 2)])))
  }
  let v7 = (int(all[a4](any[a1](((2 + 1 * a1 + 3 * a4) mod 3 < 2)))) * int((mean[a3](x4) < 0.037)))
  let h8 = jacobian[a1 -> a1']((v9: [a1]) => max(0.0171 + prod[a1' where ((0 + 3 * a1') mod 2 < 2)](1.1 + (0.4 * tanh((1.437 * ones[a1'])))), (checkpoint { let u10 = (0.237 * ones[a4, a1']); 0.537 })))(tanh((if (((0 + 3 * a1) mod 2 < 2) or ((0 + 1 * a1) mod 2 < 2)) then one_hot[a1](a1((0) mod #a1)) else atan2((1.237 * ones[a1]), (1.1 + 1.637^2)))))
  ((if x4 > 0.0193 then sqrt(x4) else x4) + one_hot[k1](k1((0 + 2 * a3) mod #k1)))
}
block B11[k12, k13](x14: []) -> [a2] {
  param w15: [] = 0.7
  var s16 = tanh(x14[+a1, +a2])
  let y17 = for i18 in a4 {
    let v20 = ((if (mean[k12](x14[+a0, +a3, +k12, +k13]) * (fix z19 = 0.4 * tanh(z19 + tanh(x14[+a3, +k13])) + x14[+a3, +k13] from x14[+a3, +k13] within 1e-13 at most 200)) > 0.0193 then sqrt((mean[k12](x14[+a0, +a3, +k12, +k13]) * (fix z19 = 0.4 * tanh(z19 + tanh(x14[+a3, +k13])) + x14[+a3, +k13] from x14[+a3, +k13] within 1e-13 at most 200))) else (x14[+a0, +a2, +a3] @[a2] cumprod[a0](1.1 + 0.2 * tanh(x14[+a0, +a2, +k13])))) < 1.537)
    let y21 = for i22 in k12 {
      yield x14
    }
    s16 = tanh(sqrt(0.2 + var[a3](s16[+a3] + 0.717 + real(a3))))
    yield expm1(tanh(sum[a0 -> a2: a2((2 + 2 * a0) mod #a2)](one_hot[a1](a1((1 + 1 * a0) mod #a1)))))
  }
  var s23 = tanh(atan2((w15[+a0] - x14[+a0]), (1.1 + x14[+a0]^2)))
  if (not (max(0.0171 + w15, w15) < 1.037)) {
    var s24 = tanh(reverse[a3]((x14[+a3] - sin(real(2 + 3 * a3)))))
    for i25 in a3 {
      s24[a3: i25] = tanh((norm[k13](w15[+k13][k13: k13 - 2 else 1.337] + 0.717 + real(k13)) - x14))
    }
    s23 = tanh((w15[+a0, +k13] @[k13] x14[+a0, +k13]))
  }
  w15[+a2]
}
block Main(x26: f32[], x27: f32[]) -> (r0: f32[a2, a4], r1: f32[]) {
  param w28: [a4] = normal[a4]
  let v29 = sum[a3](((0.637 * ones[a3']) * x27[+a3'])[a3' -> a3])
  let v30 = sin(real(0 + 2 * a3))
  let v31 = a0((0 + 2 * a3) mod #a0)
  let y32 = for i33 in a0 {
    var s34 = f32(tanh(x26[+a0]))
    if (all[a1](((2 + 3 * a1) mod 3 < 1)) or any[a3]((((0 + 2 * a3) mod 2 < 2) or ((0 + 1 * a3) mod 3 < 1)))) {
      s34 = f32(tanh(norm[a3](((if ((2 + 2 * a2) mod 3 < 2) then x26[+a2] else x27[+a2]) @[a2] tanh((v29[+a0, +a2, +a3] / (1.1 + x27[+a3]^2)))) + 0.717 + real(a3))))
    }
    yield f32(mean[a0](x27[+a0, +a1]))
  }
  var s35 = f32(asin(0.8 * tanh(max[a4 where ((2 + 2 * a4) mod 2 < 2) else 0.237](x27[+a4] + 0.0113 * real(a4)))))
  let y36 = for i37 in a1 {
    var s38 = f32(tanh((if any[a2](((0 + 1 * a2 + 2 * a3) mod 2 < 2)) then ((0.037 * ones[a3]) + v30) else s35[+a3])))
    if ((2) mod 2 < 2) {
      s38 = f32(tanh(((if ((1 + 2 * a4) mod 3 < 2) then sin(real(0 + 2 * a4)) else x27) + x26[+a4])[a4: a4((2 + 1 * a3) mod #a4)]))
    }
    let v39 = ((2) mod 2 < 1)
    s35 = f32(tanh((((x26 / (1.1 + v29^2)) + (x27 / (1.1 + x27^2))) / (1.1 + x27^2))))
    yield f32(x26)
  }
  (r0: f32((x27[+a2, +a4] - v29[+a2, +a4])), r1: f32(tanh((((checkpoint { let u41 = y36; sin(real(2 + 3 * a2)) }) + (checkpoint { let u40 = s35[+a3]; s35[+a2] })) @[a2] tanh(norm[a0](((0.337 * ones[a0, a2]) - (0.737 * ones[a0, a2])) + 0.717 + real(a0)))))))
}
experiment e() {
  let d0: f32[] = load("d0.npy")
  let d1: f32[] = load("d1.npy")
  let net = Main[]
  print(net(d0, d1))
  let slope = grad((m) => mean(tanh(m(d0, d1).r0)))(net)
  print(norm(slope))
  print(grad((v: f32[]) => mean(tanh(net(v, d1).r0)))(d0))
}

