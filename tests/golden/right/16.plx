// --precision f64
use nn
axis a0 = 2
axis a1 = 5
axis a2 = #a0 + #a1
axis a3 = 5
fn f0(x1: [], x2: [a0, a3]) -> [] {
  var s3 = tanh(exp(tanh((x1 + x1))))
  var n4 = 0
  while n4 < 2 and s3 < 0.8537 {
    let v6 = count_true[a2](((2 + 2 * a2) mod 2 < 2))
    s3 = tanh((tanh(((s3[+a1] @[a1] (0.537 * ones[a1])) - grad((v7: []) => x1)(x1[+a1]))) @[a1] tanh(((if ((2 + 1 * a0) mod 2 < 1) then x1[+a0] else s3[+a0]) @[a0] abs(0.0713 + x1[+a0, +a1])))))
    n4 = n4 + 1
    if ((2) mod 2 < 1) { break }
  }
  let (y9, t10) = vjp((v12: []) => log1p((checkpoint { let u13 = mean[a0](x1[+a0, +a1, +a2]); real(n4) })^2), tanh(((fix z8 = 0.4 * tanh(z8 + tanh(s3)) + x1 from x1 within 1e-13 at most 200) * tanh(sqrt(0.4 + x1^2)))))
  let u11 = t10(tanh((tanh(grad((v14: []) => s3)((1.437 * ones[a3]))) @[a3] x1[+a3'][a3' -> a3])))
  max(0.0171 + u11, sin((x1 * tanh((x1 * u11)))))
}
block B15(x16: []) -> [a0, a2] {
  param w17: [] = 0.7
  param w18: [a0, a3] = 0.3 * normal[a0, a3]
  let v19 = w17[+a1, +a3]
  let (y21, t22) = linearize((v24: []) => one_hot[a3](a3((2 + 1 * a0) mod #a3)), x16)
  let u23 = t22(tanh(abs(0.0713 + (checkpoint { let u20 = w17[+a1]; x16 }))))
  let (y26, t27) = linearize((v29: [a1]) => one_hot[a1](a1((1) mod #a1)), tanh((sum[a3 where ((2 + 1 * a1 + 2 * a3) mod 3 < 2)](grad((v25: [a1, a3]) => w17)(v19)) / #a3)))
  let u28 = t27(tanh(max[a0](max[a3](y21[+a1] + 0.0113 * real(a3)) + 0.0113 * real(a0))))
  (fix z31 = 0.4 * tanh(z31 + tanh(grad((v30: [a0, a2]) => (reverse[a0']((0.237 * ones[a0'])) @[a0'] tanh((sin(real(0 + 2 * a3 + 1 * a0')) @[a3] x16[+a3]))))(tanh(max(0.0171 + sum[a1](x16[+a0, +a1]), w17[+a0, +a2, +a0'][a0': int(a0)]))))) + sum[a1 -> a0: a0((0 + 2 * a1) mod #a0)](((y26[+a2] / (1.1 + x16[+a1, +a2]^2)) / (1.1 + min[a0](w17[+a0, +a1, +a2] + 0.0113 * real(a0))^2))) from sum[a1 -> a0: a0((0 + 2 * a1) mod #a0)](((y26[+a2] / (1.1 + x16[+a1, +a2]^2)) / (1.1 + min[a0](w17[+a0, +a1, +a2] + 0.0113 * real(a0))^2))) within 1e-13 at most 200)
}
block Main(x32: f64[a1]) -> (r0: f64[a3], r1: f64[]) {
  let net33 = B15[]
  var s34 = f64(((1.3 + (x32[+a2] * x32[+a2])^2)^(-1.5)))
  var n35 = 0
  while n35 < 2 and (sin(real(1 + 3 * a3))[a3: n35 else 1.637] >= 1.537) {
    var s36 = f64(tanh((real((1)) / (1.1 + mean[a0]((0.237 * ones[a0]))^2))))
    for i37 in a2 {
      s36 = f64(tanh((if s36 > 0.0193 then sqrt(s36) else mean[a1, a2](s34))))
    }
    s34 = f64(tanh(mean[a3]((s34[+a0, +a3] @[a0] atan2(s36[+a0, +a2, +a3], (1.1 + s36[+a3]^2))))))
    n35 = n35 + 1
  }
  let v38 = a0((1 + 1 * a0 + 1 * a1 + 1 * a3) mod #a0)
  var s39 = f64(tanh(max(0.0171 + ((0.037 * ones[a0]) + (0.437 * ones[a0])), reverse[a0]((0.537 * ones[a0])))))
  for i40 in 0..4 {
    var s41 = f64(tanh(softplus(s39[+a2])))
    for i42 in a2 {
      s41[a2: a2((2) mod #a2)] = f64(tanh(s39))
      if any[a1](((1 + 2 * a1) mod 2 < 2)) { break }
    }
    let (y44, t45) = jvp((v47: [a2]) => min(0.0171 + x32[+a2], (sin(real(0 + 3 * a1 + 1 * a2)) * (0.737 * ones[a3])[a3: a3((0 + 3 * a1 + 3 * a2) mod #a3)])), f64((1.837 * ones[a2])), f64(tanh(grad((v43: [a2]) => s39[a0: 1])(f64(((0.437 * ones[a2]) / (1.1 + sin(real(0 + 1 * a2))^2)))))))
    s39 = f64(mean[a2](s41))
  }
  let v48 = a3((2) mod #a3)
  (r0: f64(one_hot[a3](a3((2) mod #a3))), r1: f64(tanh(sqrt(0.4 + softplus(0.337)^2))))
}
experiment e() {
  let d0: f64[a1] = load("d0.npy")
  let net = Main[]
  print(net(d0))
  print(grad((v: f64[a1]) => mean(tanh(net(v).r0)))(d0))
}

