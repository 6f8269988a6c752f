// --precision f64
use nn
axis a0 = 7
axis a1 = 3
axis a2 = 5
axis a3 = 16
axis a4 = #a2
block B0[k1, k2, k3](x4: [], x5: [a2], x6: []) -> [k2] {
  param w7: [k3] = 0.3 * normal[k3]
  let n8 = normal[a0, a4]
  let v9 = (((1 + 1 * a2) mod 3 < 1) and ((2 + 1 * a2) mod 2 < 1))
  (tanh((sum[a3 -> a1: argmax[a1](sin(real(0 + 1 * a1 + 1 * a3)) + 0.0113 * real(a1))]((if ((2 + 3 * a3) mod 3 < 2) then x4[+a3] else x4)) * sum[k3](max[k1](x4[+a1, +k1, +k3] + 0.0113 * real(k1))))) @[a1] (0.637 * ones[a1, k2]))
}
block B10(x11: [a0, a4], x12: a0[a0, a4], x13: i64[a3]) -> [a1, a3] {
  param w14: [a3] = normal[a3]
  let n15 = normal[a0, a2]
  var s16 = tanh(mean[a0]((1.737 * ones[a0, a1])[a1: a1((1 + 1 * a2) mod #a1)]))
  for i17 in a0 {
    let v19 = (tanh(max(0.0171 + grad((v18: [a4]) => (1.237 / (1.1 + 0.037^2)))(((0.137 * ones[a4]) + sin(real(0 + 1 * a4)))), (mean[a1](sin(real(0 + 2 * a1))) * (sin(real(0 + 3 * a2)) @[a2] s16)))) @[a4] sin(real(2 + 2 * a1 + 3 * a2 + 2 * a4)))
    s16 = s16
  }
  ((1.2 + w14[+a1]^2)^0.7)
}
block Main(x21: f64[a0, a4], x22: f64[a3, a4], x23: f64[]) -> (r0: f64[a1, a2, a3], r1: bool[], r2: i64[]) {
  var s24 = f64(tanh(sum[a4 where ((0 + 3 * a4) mod 2 < 1)](tanh(round(0.0137 + 3.1 * sin(real(2 + 1 * a2 + 3 * a3 + 2 * a4)))))))
  if ((0) mod 2 < 2) {
    let v25 = (1.637 * ones[a0, a3, a4])
    var s26 = f64(tanh(cummax[a4]((x23[+a1, +a4] / (1.1 + x23[+a1, +a4]^2)) + 0.0113 * real(a4))))
    let y27 = for i28 in a0 {
      s26 = f64((checkpoint { let u29 = x21[a0: 4]; one_hot[a4](a4((0 + 2 * a1) mod #a4)) }))
      yield f64(sum[a0 -> a1: a1((1 + 3 * a0) mod #a1)](tanh(((1.2 + mean[a3](x22[+a0])^2)^0.7))))
    }
    s24 = f64(tanh((x23[+a2, +a3] + sinh(tanh(cumprod[a2](1.1 + 0.2 * tanh((1.037 * ones[a2, a3]))))))))
  }
  let v32 = (x23 * (((checkpoint { let u31 = x23[+a4]; x23 }) - max[a1 where ((2 + 2 * a1) mod 2 < 2) else 0.837](x23[+a1] + 0.0113 * real(a1))) + erfc(tanh(grad((v30: []) => v30)(f64(x23))))))
  var s33 = f64(tanh(x23))
  var n34 = 0
  while n34 < 3 and s33 < 0.8537 {
    var s35 = f64(s33[+a0, +a2])
    s35[a0: a0((1) mod #a0)] += f64(tanh((checkpoint { let u36 = sin((if ((2 + 2 * a0) mod 2 < 2) then x23[+a0] else s33[+a0])); grad((v37: [a3]) => v32)(f64((1.337 * ones[a3])))[a3: clamp(int(((0 + 1 * a2) mod 3 < 1)))] })))
    s33 = f64(tanh(mean[a3, a4](x22)))
    n34 = n34 + 1
  }
  var s38 = f64(tanh(log1p(atan(x23[+a0])^2)))
  for i39 in 0..3 {
    let (y41, t42) = vjp((v44: []) => softmax[a2](tanh(v32[+a2, +a4])), f64(tanh(grad((v40: []) => sigmoid(s33))(f64(tanh(exp(tanh(v32))))))))
    let u43 = t42(f64(tanh((x23[+a1, +a4][a1: wrap((0 + 1 * a2 + 1 * a4))] - softmax[a4](s33[+a2, +a4])))))
    let r45 = (h: sin(real(2 + 1 * a1)), c: (1.537 * ones[a1, a4]))
    let r46 = 0.7 * r45 + 0.2 * r45
    s38 = f64(s33[+a0])
  }
  (r0: f64((0.837 * ones[a1, a2, a3])), r1: (not (v32 >= 0.837)), r2: sum[a1](sum[a0](sum[a3](count_true[a2](((2 + 3 * a0 + 3 * a1 + 3 * a2 + 3 * a3) mod 3 < 1))))))
}
experiment e() {
  let d0: f64[a0, a4] = load("d0.npy")
  let d1: f64[a3, a4] = load("d1.npy")
  let d2: f64[] = load("d2.npy")
  let net = Main[]
  print(net(d0, d1, d2))
}

