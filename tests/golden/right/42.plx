// --precision f64
use nn
axis a0 = (a0_0, a0_1)
axis a1 = (a1_0, a1_1, a1_2, a1_3)
axis a2 = 3
block B0(x1: [a0, a2], x2: a0[]) -> [] {
  param w3: [a0] = normal[a0]
  var s4 = tanh(min(0.0171 + sin(real(1 + 2 * a2)), sin(real(2 + 2 * a2)))[a2: argmax[a2](sin(real(1 + 1 * a1 + 2 * a2)) + 0.0113 * real(a2))])
  for i5 in a1 {
    let v6 = relu(0.137 + (if any[a0](((1 + 3 * a0 + 1 * a1 + 2 * a2) mod 3 < 1)) then tanh(((one_hot[a1](a1((1 + 3 * a0 + 1 * a2) mod #a1)))^3)) else (sin(real(0 + 2 * a1 + 1 * a1'))[a1': int(a1)] @[a1] ((0.337 * ones[a1]) + softmax[a1 where ((2) mod 3 < 2)]((1.037 * ones[a1]))))))
    var s7 = 0.037
    let y8 = for i9 in a2 {
      s7 = tanh((stop(s7) + (checkpoint { let u10 = erfc(x1); v6[a0: 1, a1: 0, a2: 2] })))
      yield s7
    }
    s4 = tanh((s7[+a1'] @[a1'] tanh((tanh(((sin(real(1 + 2 * a0 + 2 * a1')))^2)) @[a0] (if sin(real(0 + 3 * a0 + 2 * a1)) > 0.0193 then sqrt(sin(real(0 + 3 * a0 + 2 * a1))) else s7[+a0, +a1])))))
  }
  let r11 = (h: tanh(prod[a1](1.1 + (0.4 * tanh((-(0.537 * ones[a1])))))), c: s4)
  let r12 = 0.7 * r11 + 0.2 * r11
  0 * sum(x1) + r11.h
}
block Main(x13: f64[a0], x14: f64[]) -> (r0: f64[], r1: f64[a0], r2: f64[a0, a1, a2]) {
  var s15 = f64(tanh(x13[a0: 0]))
  for i16 in 0..0 {
    s15 = f64(tanh((tanh(sqrt(0.4 + norm[a0](s15[+a0] + 0.717 + real(a0))^2)) + (if ((x14[+a1] @[a1] x14[+a1]) / #a1) > 0.0193 then sqrt(((x14[+a1] @[a1] x14[+a1]) / #a1)) else (if ((0) mod 2 < 2) then s15 else s15)))))
  }
  let n17 = normal[a2]
  let (y18, t19) = jvp((v21: [a0]) => (atan2(grad((v22: [a2]) => x14)(f64(s15[+a2])), (1.1 + n17^2)) * (fix z23 = 0.4 * tanh(z23 + tanh(x14[+a2])) + (s15[+a2] - s15[+a2]) from (s15[+a2] - s15[+a2]) within 1e-13 at most 200)), f64(erfc(tanh((x14[+a0] * x14[+a0])))), f64(s15[+a0]))
  let v24 = argmax[a1](max(0.0171 + tanh(((x14[+a1][a1: #a1 - 1 - a1])^2)), x14) + 0.0113 * real(a1))
  var s25 = f64(tanh(x14[+a0, +a1]))
  for i26 in 0..4 {
    var s27 = f64(tanh(log(1.3 + (x14[+a0] + x14)^2)))
    if (((0) mod 2 < 1) and ((1) mod 2 < 2)) {
      s27 = f64(tanh(x14[+a0'][a0' -> a0]))
    }
    let v28 = a1((1 + 2 * a0 + 2 * a2) mod #a1)
    s25 = f64(tanh(sum[a2 where ((1 + 3 * a0 + 2 * a1 + 1 * a2) mod 3 < 1)](tanh((reverse[a2]((1.037 * ones[a0, a1, a2])) * (x13[+a1, +a2] - t19[+a0, +a1]))))))
  }
  var s29 = f64(tanh(cumsum[a2](x14[+a2][a2: a2 + 1 * a0 - #a0 div 2 else 0.737])))
  if (((x14[+a1] @[a1] atan2(x14[+a1], (1.1 + s15^2))) / #a1) >= 0.637) {
    let v31 = (fix z30 = 0.4 * tanh(z30 + tanh((if ((1) mod 3 < 2) then (tanh(t19[a2: a2((1 + 2 * a0) mod #a2)]) @[a0] real((1 + 3 * a0))) else x14))) + tanh(norm[a2](acos(0.7 * sin((x14[+a2] - y18))) + 0.717 + real(a2))) from tanh(norm[a2](acos(0.7 * sin((x14[+a2] - y18))) + 0.717 + real(a2))) within 1e-13 at most 200)
    s29 = f64(tanh(y18[+a0])[a0: clamp(a0 + 2)])
  }   else {
    s29 = f64(sin(real(1 + 1 * a0 + 3 * a2)))
  }
  (r0: f64(x14), r1: f64((0.137 * ones[a0])), r2: f64(sin(real(0 + 3 * a0 + 2 * a1 + 2 * a2))))
}
experiment e() {
  let d0: f64[a0] = load("d0.npy")
  let d1: f64[] = load("d1.npy")
  let net = Main[]
  print(net(d0, d1))
  print(grad((v: f64[a0]) => mean(tanh(net(v, d1).r0)))(d0))
}

