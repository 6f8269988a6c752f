// --precision f64
use nn
axis a0 = 7
axis a1 = 33
axis a2 = 5
axis a3 = (a3_0, a3_1)
fn f0[k1, k2](x3: [k1]) -> [a1] {
  let v4 = ((reverse[k1]((x3 + softmax[k1 where ((2 + 1 * k1) mod 3 < 1)](x3))) - ((max(0.0171 + (0.537 * ones[k2]), (1.237 * ones[k2])) @[k2] x3[+k2][k2: k2 - 1 else 1.837]) / #k2)) + softplus(x3))
  var s5 = tanh(sum[k1 -> a3: a3((1 + 2 * k1) mod #a3)](tanh(sum[a2 -> k1: k1((1 + 3 * a2) mod #k1)]((0.437 * ones[a2])))))
  if (((2) mod 3 < 1) or any[a0](((0 + 3 * a0) mod 3 < 1))) {
    s5 = tanh(((((1.3 + s5^2)^(-1.5)) - sin(s5)) * (((1.437 * ones[a3]) * sin(real(0 + 2 * a3))) * softmax[a3](s5))))
  }
  tan(tanh(relu(0.137 + grad((v6: [a1]) => (1.637 - 1.737))((sin(real(2 + 3 * a1)) * sin(real(0 + 2 * a1)))))))
}
fn f7[k8, k9](x10: [], x11: [a2, k8], x12: [a3, k8]) -> [] {
  var s13 = tanh(x10[+a3, +k9])
  let y14 = for i15 in a0 {
    var s16 = tanh(((x10 - x10) / (1.1 + sum[k9](sin(real(1 + 1 * k9)))^2)))
    var n17 = 0
    while n17 < 4 and s16 < 0.8537 {
      s16 = tanh(real(sum[a0](count_true[k8](((0 + 1 * a0 + 3 * k8) mod 2 < 1)))))
      n17 = n17 + 1
    }
    let (r21, r22) = (grad((v18: []) => (if (((1) mod 2 < 2) and ((0) mod 3 < 1)) then grad((v19: []) => v18)(x10) else real(n17)))(tanh((s16 * x10))), (relu(0.137 + grad((v20: []) => x10)(s16)) + x10))
    s13 = tanh(abs(0.0713 + (if ((0 + 1 * a2 + 2 * a3) mod 3 < 2) then sin(real(1 + 1 * a2 + 2 * a3)) else (0.137 * ones[a2, a3]))[a2: argmax[a2](s16[+a2, +k9] + 0.0113 * real(a2))]))
    yield (x10[+a3, +k9] + tanh(((x10[+a3, +k9'])^2))[k9' -> k9])
  }
  var s23 = tanh(x10)
  if (((x10 >= 1.537) or (not ((2) mod 2 < 1))) and (not (((1) mod 3 < 1) and ((1) mod 3 < 1)))) {
    let v25 = grad((v24: [k9]) => s23)(x10[+k8, +k9])
    s23 = tanh(x10)
  }   else {
    s23 = s23
  }
  s23
}
block B26[k27, k28](x29: [], x30: bool[a2], x31: [k27]) -> [a0] {
  var s32 = tanh(x29[+a3'][a3' -> a3])
  for i33 in a3 {
    let v34 = (((softmax[a3]((1.637 * ones[a1, a3, a3'])) + s32[+a1, +a3'][a1: clamp(a1 + 2)]) * sum[k27](s32[+a1, +a3'][a3: wrap(a3 + 1 * k27 - #k27 div 2)])) / (1.1 + sum[k27 -> a3': argmax[a3'](sum[a2 -> k27: k27((0 + 1 * a2) mod #k27)](sin(real(2 + 1 * a2 + 3 * a3'))) + 0.0113 * real(a3'))](tanh(mean[a3]((if x29[+a3, +k27] > 0.0193 then sqrt(x29[+a3, +k27]) else s32[+k27]))))^2))
    s32[a3: i33] = ((1.3 + x29^2)^(-1.5))
  }
  let r37 = (h: (sum[k28 where all[a3'](((2 + 2 * k28 + 1 * a3') mod 2 < 1))]((exp(tanh(x29[+k28])) + tanh(norm[a0](x29[+a0, +k28] + 0.717 + real(a0))))) / #k28), c: cumsum[a2](((checkpoint { let u35 = x29[+a2]; u35 }) - (fix z36 = 0.4 * tanh(z36 + sin(real(2 + 2 * a2))) + (1.737 * ones[a2]) from (1.737 * ones[a2]) within 1e-13 at most 200))))
  let r38 = 0.7 * r37 + 0.2 * r37
  real(int(a2((2 + 3 * a0) mod #a2)))
}
block Main(x39: f64[], x40: f64[a0]) -> (r0: f64[], r1: i64[a1, a3], r2: f64[a0, a2, a3]) {
  let v41 = count_true[a2](((0 + 1 * a2) mod 2 < 2))
  axis s42 = #a0
  var s43 = f64(tanh(((x39[+a1] @[a1] x40[+a1]) / #a1)[a0: a0 + 2 * a1 - #a1 div 2 else 0]))
  for i44 in a0 {
    var s45 = f64((1.837 * ones[a1, s42]))
    for i46 in a1 {
      s45[a1: i46] = f64(tanh((((relu(0.137 + x39[+a3, +s42]) * x39[+a3', +s42][a3' -> a3]) @[a3] atan2(min[a1](x39[+a1, +a3, +s42] + 0.0113 * real(a1)), (1.1 + x39[+a3, +a3'][a3': wrap(v41[+s42])]^2))) / #a3)))
    }
    let h47 = jacobian[a2 -> a2']((v48: [a2]) => x39)(f64((tanh(((x39[+a2])^3)) / (1.1 + tanh(floor(0.0137 + 3.1 * x39[+a2]))^2))))
    s43 = f64(s43)
    if ((0) mod 2 < 2) { break }
  }
  let v49 = x40[a0: 0]
  var s50 = f64(tanh(mean[a3 where ((1 + 1 * a3) mod 2 < 1) else 1.137](x39[+a0, +a3, +s42][s42: s42((2 + 1 * a2) mod #s42)])))
  if ((2) mod 3 < 2) {
    let v51 = a0((2 + 1 * a1 + 2 * a2 + 3 * s42) mod #a0)
    let (y53, t54) = linearize((v56: [s42]) => cos((sin(real(2 + 2 * s42 + 2 * a0')) + x39[+s42])[a0' -> a0]), f64(tanh((tanh(sum[s42](v49[+a2, +s42])) @[a2] tanh(grad((v52: [a2, s42]) => x39)(f64(x39[+a2, +s42])))))))
    let u55 = t54(f64(tanh(atan2(real(v41[+s42]), (1.1 + (if (1.237 * ones[s42]) > 0.0193 then sqrt((1.237 * ones[s42])) else v49[+s42])^2)))))
    s50 = f64(tanh(x40[+a2]))
  }
  let net57 = B26[a3, a2]
  (r0: f64(var[a2](x39[+a2])), r1: int((((((1 + 2 * a1 + 3 * a3) mod 3 < 1) and ((2 + 1 * a1 + 3 * a3) mod 3 < 2)) and (not ((1 + 3 * a1) mod 2 < 2))) and (sum[a0]((1.237 * ones[a0, a3])) < 1.737))), r2: f64(real(count_true[a3](((2 + 3 * a2 + 1 * a3 + 3 * s42) mod 3 < 1)))[a2: clamp(a2 + 3)][s42: s42((0 + 2 * a0 + 2 * a2 + 3 * a3) mod #s42)]))
}
experiment e() {
  let d0: f64[] = load("d0.npy")
  let d1: f64[a0] = load("d1.npy")
  let net = Main[]
  print(net(d0, d1))
}

