// --precision f64
use nn
axis a0 = (a0_0, a0_1, a0_2)
axis a1 = #a0
axis a2 = #a0
block B0[k1, k2, k3](x4: [a2], x5: bool[k1], x6: k3[]) -> [k1] {
  param w7: [k3] = ones[k3]
  let (y8, g9) = value_and_grad((v10: [a2, k2]) => atan2(1.737, (1.1 + ((if 1.737 > 0.0193 then sqrt(1.737) else 1.137) - sinh(1.437))^2)))(x4[+k2])
  let h11 = hessian[a1 -> a0]((v12: [a1]) => erf(w7[k3: (2) else 0.137]))(tanh(cummax[a1]((y8[+a1] / (1.1 + y8[+a1]^2)) + 0.0113 * real(a1))))
  erf((checkpoint { let u13 = softmax[k2](tanh((x4[+k2] @[a2] x4[+a1]))); real((1 + 1 * k1)) }))
}
fn f14[k15, k16](x17: [], x18: a0[], x19: i64[a0, k16]) -> [a0, k15] {
  let v20 = softmax[a1](tanh(sqrt(0.2 + var[a2]((x17[+a0, +a1, +a2] * x17[+a0, +a1, +a2])[a0: a0((2 + 3 * a1 + 2 * k16) mod #a0)] + 0.717 + real(a2)))))
  var s21 = tanh(x17)
  if any[a0](((2 + 3 * a0) mod 2 < 2)) {
    s21 = tanh((tanh((if (x17[+a2] >= 1.737) then (x17[+a2] + s21[+a2]) else ((1.2 + s21[+a2]^2)^0.7))) @[a2] sum[k15 -> a2: a2((1 + 2 * k15) mod #a2)](s21[+k15][k15: #k15 - 1 - k15])))
  }
  grad((v23: [k15]) => tanh(sqrt(0.2 + var[a1](x17[+a1] + 0.717 + real(a1)))))(((if (((0 + 3 * a0 + 2 * k15) mod 2 < 1) and ((0 + 2 * a0) mod 2 < 1)) then (sin(real(2 + 3 * a0 + 3 * k15)) - (1.137 * ones[a0, k15])) else tanh((((1.137 * ones[a0, k15]))^3))) / (1.1 + sum[a1](s21[+a0, +a1, +a2, +k15][a2: a2((0) mod #a2)])^2)))
}
block Main(x24: f64[a1, a2], x25: f32[a1], x26: f64[]) -> (r0: f64[a0, a1, a2], r1: i64[a1], r2: f64[a2]) {
  param w27: [] = 0.7
  var s29 = f64(tanh((if (((2 + 2 * a1 + 2 * a2) mod 3 < 1) and ((2 + 1 * a1 + 2 * a2) mod 3 < 2)) then max[a0](sin(real(2 + 1 * a0 + 3 * a1 + 1 * a2)) + 0.0113 * real(a0)) else grad((v28: [a1, a2]) => w27)(f64(w27[+a1, +a2])))))
  for i30 in 0..3 {
    let v31 = w27
    s29 = f64(tanh((tanh(grad((v32: [a0, a1, a2]) => (checkpoint { let u33 = x25[+a2]; x26 }))(f64(tanh((v31[+a0, +a1, +a2] + softmax[a1 where ((0 + 1 * a0 + 2 * a1 + 1 * a2) mod 3 < 2)](sin(real(2 + 1 * a0 + 2 * a1 + 1 * a2)))))))) @[a0] tanh(grad((v34: [a0, a1]) => x26)(f64(tanh((x25[+a2] @[a2] x26[+a0, +a1, +a2]))))))))
    if (sin(real(0 + 1 * a1))[a1: a1((2) mod #a1)] >= 0.137) { break }
  }
  let v36 = (if ((1 + 1 * a0 + 1 * a1) mod 2 < 2) then asin(0.8 * tanh(atan((0.037 * ones[a0]))))[a0: clamp(a0 + 2 * a1 - #a1 div 2)] else grad((v35: []) => min[a0 where ((0) mod 2 < 2) else 0.537]((1.737 * ones[a1])[a1: a1((2 + 1 * a0) mod #a1)] + 0.0113 * real(a0)))(f64(tanh((if all[a2](((1 + 2 * a0 + 3 * a1 + 3 * a2) mod 3 < 2)) then tanh(sqrt(0.4 + w27[+a0, +a1]^2)) else max[a2 where ((0 + 3 * a0) mod 3 < 2) else 0.137](s29[+a0] + 0.0113 * real(a2)))))))
  let y37 = for i38 in a0 {
    let v40 = (checkpoint { let u39 = tanh(((((x25[+a0, +a2] * x26[+a0, +a1, +a2]) @[a2] acos(0.7 * sin(x25[+a0, +a2]))) / #a2) * w27[+a0, +a1])); max[a0](mean[a1](u39) + 0.0113 * real(a0)) })
    yield f64(v40)
  }
  var s41 = f64((0.037 * ones[a0, a2]))
  if ((2) mod 2 < 1) {
    var s42 = f64(tanh(min[a0](f14[a2, a1](f64(x26), a0((0) mod #a0), (0 + 2 * a0 + 3 * a1)) + 0.0113 * real(a0))))
    s42[a2: a2(((1) mod (2 + (0) mod 5)) mod #a2)] += f64(tanh(x26))
    let (y43, t44) = jvp((v46: []) => tanh(sqrt(0.2 + var[a1]((((1.437 * ones[a0, a1, a2]) + softmax[a0 where ((2 + 3 * a0 + 3 * a1 + 1 * a2) mod 3 < 2)](x26[+a0, +a1, +a2])) - expm1(tanh(v36[+a2]))) + 0.717 + real(a1)))), f64(tanh((x26[+a0] - y37)[a0: clamp(count_true[a0](((1 + 1 * a0) mod 3 < 2)))])), f64(tanh(softplus(x26))))
    s41 = f64(softmax[a2](tanh(f14[a2, a1](f64(w27), a0((2) mod #a0), count_true[a2](((0 + 3 * a0 + 3 * a1 + 2 * a2) mod 2 < 1))))))
  }
  (r0: f64(s41[+a1]), r1: int(a2((count_true[a0](((1 + 3 * a0 + 1 * a1) mod 3 < 1)) - int(((0 + 1 * a1) mod 2 < 1))) mod #a2)), r2: f64(x26[+a2]))
}
experiment e() {
  let d0: f64[a1, a2] = load("d0.npy")
  let d1: f32[a1] = load("d1.npy")
  let d2: f64[] = load("d2.npy")
  let net = Main[]
  print(net(d0, d1, d2))
}

