// --precision f64
use nn
axis a0 = 7
axis a1 = 5
block B0[k1, k2](x3: []) -> [a0, k1] {
  param w4: [a0, a1] = 0.3 * normal[a0, a1]
  let v5 = a1((0 + 3 * k1) mod #a1)
  var s6 = sigmoid((x3 * x3))
  let y7 = for i8 in k2 {
    let (r10, r11) = (s6, tanh((cumprod[a1](1.1 + 0.2 * tanh(tanh(grad((v9: [a1, k2]) => x3)(x3[+a1, +k2])))) * (((1.037 * ones[a0, a1, k2]) + softmax[k2 where ((0 + 1 * a0 + 1 * a1 + 1 * k2) mod 3 < 2)](s6[+a0, +a1, +k2])) @[a0] tanh(sum[k1 -> a0: a0((0 + 1 * k1) mod #a0)](x3[+a1, +k1]))))))
    let v12 = x3
    s6 = tanh((x3 - (x3 - s6)))
    yield (if (not (r10 >= 0.337)) then (mean[a1, k2](r11) * r10) else tanh(((max[a0 where ((1) mod 2 < 2) else 1.237](sin(real(1 + 3 * a0)) + 0.0113 * real(a0)))^3)))
  }
  s6[+a0, +k1]
}
fn f13[k14](x15: [k14], x16: [a0, k14], x17: []) -> [a0, k14] {
  let v18 = (one_hot[a1](a1((0) mod #a1)) - atan((1.337 * ones[a1'])[a1': clamp(a1' + 3)])[a1' -> a1])
  var s19 = tanh(x17)
  var n20 = 0
  while n20 < 1 and s19 < 0.8537 {
    var s23 = tanh((if ((0 + 2 * a1') mod 2 < 2) then s19[+a1'] else grad((v22: []) => v22)(x17)))
    for i24 in a1' {
      s23[a1': a1'((2) mod #a1')] += tanh(((tanh(grad((v26: []) => (-x17))((fix z25 = 0.4 * tanh(z25 + tanh(s19[+k14])) + s19[+k14] from s19[+k14] within 1e-13 at most 200))) @[k14] (if (if ((0) mod 2 < 2) then (1.837 * ones[k14]) else x17[+k14]) > 0.0193 then sqrt((if ((0) mod 2 < 2) then (1.837 * ones[k14]) else x17[+k14])) else x15)) / #k14))
    }
    s19 = (checkpoint { let u27 = s23[+a1]; tanh(norm[a1']((s23 * sin(real(0 + 1 * a1'))) + 0.717 + real(a1'))) })
    n20 = n20 + 1
  }
  let v28 = (expm1(tanh((sum[a0 -> k14: k14((0 + 1 * a0) mod #k14)](x17[+a0]) * (0.637 * ones[k14])))) * s19)
  sin(real(2 + 2 * a0 + 3 * k14))
}
fn f29[k30, k31, k32](x33: [a0]) -> [k32] {
  let (r34, r35) = ((((1.3 + sin(real(1 + 1 * k31))[k31: k31 - 1 else 0.837]^2)^(-1.5)) * (max(0.0171 + 0.737, sin(real(1 + 1 * k31))) - (if ((2 + 1 * k31) mod 3 < 2) then (0.537 * ones[k31]) else sin(real(2 + 1 * k31))))), (x33 @[a0] sigmoid(real((0 + 1 * a0)))))
  var s36 = tanh(r35[+k32])[k32: #k32 - 1 - k32][k32: k32((2) mod #k32)]
  var n37 = 0
  while n37 < 1 and s36 < 0.8537 {
    s36 = tanh(((checkpoint { let u38 = (sum[a0](r35[+a0]) / #a0); tanh(((tanh(u38))^3)) }) + max(0.0171 + r35, (tanh(r35[+k30]) @[k30] tanh(r35[+k30])))))
    n37 = n37 + 1
  }
  grad((v40: [k32]) => (s36 - r35))((0.137 * ones[k32]))
}
block Main(x41: f64[a0], x42: a0[], x43: f64[a1]) -> (r0: f64[a0, a1]) {
  param w44: [a1] = ones[a1]
  let v45 = (2 + 3 * a0 + 2 * a1)
  var s46 = f64(1.437)
  for i47 in 0..2 {
    var s48 = f64(atan((sin(real(2 + 2 * a0 + 1 * a1)) + sin(real(1 + 2 * a0 + 2 * a1)))))
    for i49 in 0..1 {
      s48 = f64(tanh(((tanh(sqrt(0.4 + sin(real(0 + 3 * a0 + 3 * a1))^2))[a0: a0 - 1 else 0.737])^2)))
    }
    let v50 = ((0 + 1 * a0 + 3 * a1) mod 3 < 1)
    s46 = f64(tanh((checkpoint { let u51 = exp(cos(s46[+a0, +a1])); grad((v52: []) => v52)(f64(x43[a1: clamp((0))])) })))
  }
  let v53 = x43[+a0]
  (r0: f64(((checkpoint { let u55 = grad((v54: []) => v54)(f64(s46)); cosh((1.537 * ones[a0, a1])) })[a0: clamp(a0 + 3)] * cummax[a0](softmax[a0](((1.437 * ones[a0, a1]) + x43[+a0])) + 0.0113 * real(a0)))))
}
experiment e() {
  let d0: f64[a0] = load("d0.npy")
  let d1: a0[] = load("d1_below7.npy")
  let d2: f64[a1] = load("d2.npy")
  let net = Main[]
  print(net(d0, d1, d2))
  let slope = grad((m) => mean(tanh(m(d0, d1, d2).r0)))(net)
  print(norm(slope))
  print(grad((v: f64[a0]) => mean(tanh(net(v, d1, d2).r0)))(d0))
}

