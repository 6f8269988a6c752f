// --precision f64
use nn
axis a0 = 5
axis a1 = 2
axis a2 = #a1
axis a3 = #a2 * #a1
block B0(x1: [], x2: i64[a2, a3]) -> [a3] {
  param w3: [] = 0.7
  let v4 = ((x1[+a1, +a2][(a2, a1) -> a3][a3: a3((1) mod #a3)] >= 1.837) or ((2) mod 3 < 2))
  var s5 = tanh(exp(tanh(x1[+a2])))
  s5[a2: a2((0) mod #a2)] += tanh(sum[a2](max(0.0171 + ((w3[+a3] @[a3] x1[+a2, +a3]) / #a3), (sin(real(0 + 1 * a2)) * w3[+a2]))))
  let (y7, t8) = vjp((v10: [a0]) => (v10[+a1] + w3), tanh(var[a2](grad((v6: [a0, a2]) => x1)(x1[+a0, +a2]))))
  let u9 = t8(tanh((if x1[+a0, +a1] > 0.0193 then sqrt(x1[+a0, +a1]) else atan2(w3[+a0, +a1], (1.1 + x1[+a0, +a1]^2)))))
  (w3[+a3] - acos(0.7 * sin(reverse[a3](x1[+a1, +a3][a1: a1((2) mod #a1)]))))
}
block B11[k12, k13, k14](x15: [k13], x16: []) -> [a0, k14] {
  param w17: [] = 0.7
  let net18 = B0[]
  var s19 = tanh(sum[a0](((0.237 * ones[a0, a2]) + w17[+a0, +a2])))
  for i20 in 0..0 {
    let (r22, r23) = (((sum[k12 where ((2 + 2 * a0 + 2 * a2 + 3 * k12) mod 3 < 1)](sum[k14 -> a0: a0((1 + 1 * k14) mod #a0)](sin(real(0 + 2 * a2 + 1 * k12 + 3 * k14)))) @[a0] max[k13](erfc((0.337 * ones[a0, a1, a2, k13])) + 0.0113 * real(k13))) / #a0), grad((v21: []) => (sin(w17) - ((x16[+a3] @[a3] w17[+a3]) / #a3)))(tanh((if (w17[+a1] * sin(real(0 + 1 * a1 + 1 * k12))) > 0.0193 then sqrt((w17[+a1] * sin(real(0 + 1 * a1 + 1 * k12)))) else sum[a1 where ((2) mod 3 < 1)](x16[+a1])))))
    let v24 = sigmoid(atan2((if all[a3](((1 + 2 * a3) mod 2 < 2)) then clamp(w17, -0.713, 0.877) else x16), (1.1 + (if ((0 + 2 * k14) mod 3 < 2) then (1.037 * ones[k14]) else w17)[k14: wrap(int(((0) mod 2 < 1)))]^2)))
    s19 = tanh(r22[a1: 0])
  }
  max(0.0171 + (if sin(real(0 + 1 * a0)) > 0.0193 then sqrt(sin(real(0 + 1 * a0))) else w17[+a0])[a0: clamp(a0 + 1 * k14 - #k14 div 2)], x16[+a0, +k14])
}
block B25[k26](x27: [a3, k26]) -> [a0, a2] {
  param w28: [] = 0.7
  param w29: [a3] = normal[a3]
  let n30 = uniform[a1]
  let v31 = w29[+a0, +a2]
  w28[+a0, +a2]
}
block Main(x32: f64[a1], x33: f64[a3], x34: bool[a1, a2]) -> (r0: f64[a2], r1: f64[a0, a1, a2]) {
  param w35: [] = 0.7
  let v36 = (tanh(sqrt(0.4 + tanh(var[a3](sum[a2 -> a3: a3((1 + 3 * a2) mod #a3)](w35[+a2])))^2)) * real((1)))
  let (y37, t38) = vjp((v40: []) => max[a3 where (w35[+a3] >= 1.337) else 0.537](((1.2 + tanh(sum[a0 -> a3: a3((2 + 1 * a0) mod #a3)](w35[+a0]))^2)^0.7) + 0.0113 * real(a3)), f64(mean[a3](x33)))
  let u39 = t38(f64(asin(0.8 * tanh((v36 / (1.1 + w35^2))))))
  let n41 = bernoulli(sigmoid(w35))
  let n42 = normal[a3]
  let n43 = uniform[a0, a1]
  (r0: f64(prod[a1 -> a2: a2((0 + 3 * a1) mod #a2)](1.1 + (0.4 * tanh(sin(real(1 + 1 * a1)))))), r1: f64(tanh(((rsqrt(0.6 + (w35[+a0, +a3] * (1.637 * ones[a0, a3]))^2)[a3 -> (a2, a1)])^3))))
}
experiment e() {
  let d0: f64[a1] = load("d0.npy")
  let d1: f64[a3] = load("d1.npy")
  let d2: bool[a1, a2] = load("d2.npy")
  let net = Main[]
  print(net(d0, d1, d2))
}

