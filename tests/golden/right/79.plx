// --precision f64
use nn
axis a0 = 7
axis a1 = 1
axis a2 = (a2_0, a2_1, a2_2)
block B0(x1: [a0, a1]) -> [a2] {
  param w2: [a0] = normal[a0]
  var s3 = tanh((atan(1.537) + x1[a0: 0, a1: 0]))
  for i4 in a1 {
    let v5 = a1((1) mod #a1)
    s3 = tanh(min(0.0171 + sigmoid((s3 - s3)), (w2[a0: 0] + (s3 + s3))))
  }
  var s6 = s3[+a0]
  let y7 = for i8 in a1 {
    var s9 = tanh((s3[+a2] * (s3[+a2] / (1.1 + s3[+a2]^2))))
    let y10 = for i11 in a0 {
      s9 = tanh((softmax[a2](sinh(sin(real(0 + 2 * a2)))) * mean[a0, a1](x1)))
      yield tanh(var[a0](cosh(((1.3 + w2[+a2]^2)^(-1.5)))))
    }
    s6 = tanh(grad((v13: [a0]) => tanh(norm[a2]((((1.837 * ones[a0, a2]) @[a0] w2) / #a0) + 0.717 + real(a2))))(softmax[a0](tanh(grad((v12: [a0]) => s3)(sin(real(0 + 1 * a0)))))))
    yield s6
  }
  s3[+a2]
}
block B14[k15, k16, k17](x18: [a1, k17], x19: bool[]) -> [] {
  param w20: [k17] = 0.3 * normal[k17]
  param w21: [k16, k17] = 0.3 * normal[k16, k17]
  let v22 = (1 + 1 * a1 + 3 * k15)
  let v25 = cosh(tanh(grad((v23: []) => grad((v24: []) => erf(v23))(tanh((v23[+k16] @[k16] (1.437 * ones[k16])))))(sin(real(1 + 1 * a0 + 2 * a1)))))
  0 * sum(x18) + 1.137
}
block Main(x26: f64[a1, a2], x27: f32[a0, a2], x28: f64[a2]) -> (r0: f64[], r1: f64[a2], r2: bool[a0, a1, a2]) {
  param w29: [a0, a2] = normal[a0, a2]
  param w30: [] = 0.7
  let v31 = ((2 + 3 * a0 + 1 * a1 + 1 * a2) mod 3 < 2)
  let v32 = ((0) mod 2 < 2)
  let v33 = v32[+a1, +a2]
  var s34 = f64(tanh((if (w30[+a2] @[a2] x28) > 0.0193 then sqrt((w30[+a2] @[a2] x28)) else tanh(((w30)^3)))))
  var n35 = 0
  while n35 < 2 and s34 < 0.8537 {
    let (y36, t37) = vjp((v39: [a0, a1]) => real((1)), f64(w30[+a0, +a1]))
    let u38 = t37(f64(tanh(max[a2]((w30 * s34[+a2]) + 0.0113 * real(a2)))))
    let v40 = (tanh(sqrt(0.4 + (if y36[+a0, +a1, +a2][a2: a2 - 3 else 0.837] > 0.0193 then sqrt(y36[+a0, +a1, +a2][a2: a2 - 3 else 0.837]) else x27[+a1])^2)) @[a0] real(int(v32[+a0, +a2])))
    s34 = f64(s34)
    n35 = n35 + 1
  }
  let v41 = abs(0.0713 + w29[+a1])
  let n42 = normal[a0, a2]
  (r0: f64(s34), r1: f64(sum[a1](tanh((grad((v43: [a2]) => (w30 * w30))(f64(tanh(sum[a0 where v32[+a0, +a1, +a2]](w30[+a0, +a1, +a2])))) * (sum[a0 where ((1 + 3 * a0 + 2 * a1 + 1 * a2) mod 2 < 2)](w29[+a1]) + (x26 - w30)))))), r2: (v33[+a0] and all[a1](all[a0]((v32[+a0, +a1] and ((0 + 3 * a0 + 3 * a1) mod 3 < 1))))))
}
experiment e() {
  let d0: f64[a1, a2] = load("d0.npy")
  let d1: f32[a0, a2] = load("d1.npy")
  let d2: f64[a2] = load("d2.npy")
  let net = Main[]
  print(net(d0, d1, d2))
}

