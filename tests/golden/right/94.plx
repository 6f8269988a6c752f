// --precision f64
use nn
axis a0 = 2
axis a1 = 16
axis a2 = (#a1 - 1 * (#a0 - 1) - 1) div 2 + 1
axis a3 = 33
block B0[k1](x2: [a1], x3: [a1], x4: a1[a3]) -> [a0, a2] {
  param w5: [a2] = uniform[a2]
  param w6: [a0] = uniform[a0]
  let v8 = erfc(tanh(relu(0.137 + ((fix z7 = 0.4 * tanh(z7 + tanh((0.137 * ones[a3, k1]))) + (0.637 * ones[a3, k1]) from (0.637 * ones[a3, k1]) within 1e-13 at most 200) / (1.1 + (sin(real(2 + 1 * a3 + 3 * k1)) * sin(real(1 + 1 * a3 + 2 * k1)))^2)))))
  var s9 = tanh((sinh(0.737) - (0.737 / (1.1 + 0.037^2))))
  var n10 = 0
  while n10 < 5 and s9 < 0.8537 {
    let v12 = asin(0.8 * tanh(grad((v11: []) => ((x2 @[a1] sin(real(0 + 3 * a1))) / #a1))((if ((2 + 1 * a2) mod 3 < 1) then s9[+a2] else s9))))[a2: a2 + 1 * a3 - #a3 div 2 else 0]
    let (y13, t14) = vjp((v16: [a2, a3]) => s9, (1.137 * ones[a2, a3]))
    let u15 = t14(tanh((expm1(s9) + erfc(s9))))
    s9 = y13
    n10 = n10 + 1
  }
  let v17 = log(1.3 + tanh(((sin(s9[+a3, +k1]))^3))^2)
  sin(real(2 + 1 * a0 + 2 * a2))
}
block Main(x18: f64[], x19: f64[a0, a1]) -> (r0: f64[a1, a3], r1: f64[], r2: f64[]) {
  param w20: [a2, a3] = uniform[a2, a3]
  param w21: [a1, a2] = ones[a1, a2]
  let n22 = uniform
  let v23 = ((atan(tanh(sqrt(0.4 + n22^2))) / (1.1 + erfc((if ((1) mod 2 < 2) then x18 else x18))^2)) - x18)
  var s25 = f64(tanh(grad((v24: [a0]) => (((0.037 * ones[a3]) @[a3] v23[+a3]) / #a3))(f64(tanh(((tanh(v23[+a0]))^3))))))
  let y26 = for i27 in a1 {
    s25 = f64(tanh((n22[+a0] - tan(tanh(exp(tanh(v23[+a0])))))))
    yield f64(x18[+a0])
  }
  let v29 = x18
  let net30 = B0[a0]
  (r0: f64(sum[a0 where (((0 + 3 * a0 + 3 * a1 + 1 * a3) mod 2 < 1) and ((1 + 3 * a0 + 1 * a1 + 2 * a3) mod 2 < 1))]((-atan2(tanh(real((2 + 1 * a0 + 1 * a1 + 3 * a3))), (1.1 + (if x18[+a0, +a1, +a3] > 0.0193 then sqrt(x18[+a0, +a1, +a3]) else (0.337 * ones[a0, a1, a3]))^2))))), r1: f64(x18), r2: f64(tan(tanh(w20[a2: 6, a3: 15]))))
}
experiment e() {
  let d0: f64[] = load("d0.npy")
  let d1: f64[a0, a1] = load("d1.npy")
  let net = Main[]
  print(net(d0, d1))
  let slope = grad((m) => mean(tanh(m(d0, d1).r0)))(net)
  print(norm(slope))
  print(grad((v: f64[]) => mean(tanh(net(v, d1).r0)))(d0))
}

