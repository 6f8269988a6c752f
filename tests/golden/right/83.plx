// --precision f32
use nn
axis a0 = 8
axis a1 = 7
axis a2 = 1
axis a3 = 1
fn f0[k1, k2, k3](x4: [k3], x5: [], x6: [k1, k3]) -> [] {
  var s7 = tanh(x5[+a2, +k2])
  for i8 in k2 {
    var s9 = tanh((((1.137 * ones[a3]) + x5[+a3]) * x5[+a3]))
    let y10 = for i11 in a2 {
      s9 = (((1.3 + x5[+a2][a2: wrap(a2 + 2 * a3 - #a3 div 2)]^2)^(-1.5)) @[a2] tanh(((s9[+a0][a0: #a0 - 1 - a0] @[a0] (if sin(real(0 + 3 * a0 + 1 * a2)) > 0.0193 then sqrt(sin(real(0 + 3 * a0 + 1 * a2))) else x5[+a0, +a2])) / #a0)))
      yield (-sum[a1 -> a3: a3((1 + 2 * a1) mod #a3)](tanh(real((0 + 2 * a1)))))
    }
    var s12 = tanh((((x5[+a1, +a3] - (0.137 * ones[a1, a3])) @[a1] tanh(real((1 + 2 * a1)))) / #a1))
    var n13 = 0
    while n13 < 4 and (((1) mod 2 < 1) or (not ((0) mod 3 < 1))) {
      s12 = sigmoid(sqrt(0.2 + var[a2](x5[+a2, +a3] + 0.717 + real(a2))))
      n13 = n13 + 1
    }
    s7[k2: i8] = softmax[a2](tanh(var[a0](max(0.0171 + sin(real(0 + 1 * a2)), x5[+a0, +a2]))))
    if ((x5 * x5) >= 0.737) { break }
  }
  let (y14, g15) = value_and_grad((v16: [a0, k1]) => x5)(tanh((x5[+a0] * (x5[+a0, +k1] - x5[+a0, +k1]))))
  y14
}
fn f17[k18, k19, k20](x21: [a0, k20], x22: [], x23: []) -> [k18, k20] {
  var s24 = tanh(x22[+a1, +k19])
  s24[a1: a1(int(k18((1) mod #k18)) mod #a1)] = tanh(((x22 * (x22[+k19] - x23[+k19])) + softmax[k19 where (x22[+k19] < 1.737)](tanh((cosh(tanh(x22[+k19])) * grad((v25: [k19]) => x22)(x23[+k19]))))))
  ((x22[+a3] @[a3] x22[+a3, +k18, +a1']) + softmax[a1']((0.637 * ones[k18, a1'])))[a1' -> a1][a1: a1((1 + 2 * k20) mod #a1)]
}
block Main(x28: f32[], x29: i64[], x30: bool[a3]) -> (r0: f32[a0, a2, a3]) {
  param w31: [] = 0.7
  param w32: [a3] = ones[a3]
  let (r33, r34) = (x28, sinh((1.137 * ones[a2, a3])))
  let v35 = (cumprod[a1](1.1 + 0.2 * tanh((if ((0 + 2 * a2) mod 3 < 1) then r33[+a1, +a2, +a3] else sin(real(1 + 1 * a1 + 1 * a2))[a1: a1 + 1 * a3 - #a3 div 2 else 1.837]))) * atan2(rsqrt(0.6 + sin(real(2 + 2 * a1 + 3 * a2 + 3 * a3))^2), (1.1 + atan(x28[+a1, +a2, +a3])^2))[a3: clamp(a3 + 3)])
  let v37 = exp(tanh(sinh(tanh((x28[+a0'][a0' -> a0] @[a0] tanh(grad((v36: [a0]) => r33)(f32(x28[+a0]))))))))
  let v38 = (sin(real(1 + 1 * a0 + 2 * a1 + 2 * a2)) >= 0.337)
  let v39 = a1((2 + 3 * a0 + 3 * a1 + 1 * a0') mod #a1)
  let v41 = (sum[a1]((checkpoint { let u40 = x28; sum[a0'](sin(real(2 + 2 * a0 + 3 * a1 + 1 * a3 + 2 * a0'))[a3: wrap(a3 + 2 * a2 - #a2 div 2)]) })) / #a1)
  (r0: f32(one_hot[a3](a3((1 + 2 * a0 + 2 * a2) mod #a3))))
}
experiment e() {
  let d0: f32[] = load("d0.npy")
  let d1: i64[] = load("d1.npy")
  let d2: bool[a3] = load("d2.npy")
  let net = Main[]
  print(net(d0, d1, d2))
  let slope = grad((m) => mean(tanh(m(d0, d1, d2).r0)))(net)
  print(norm(slope))
  print(grad((v: f32[]) => mean(tanh(net(v, d1, d2).r0)))(d0))
}

