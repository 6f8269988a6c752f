// --precision f32
use nn
axis a0 = 1
axis a1 = 8
axis a2 = #a0 + #a1
block B0(x1: [a1, a2]) -> [a0, a2] {
  let y2 = for i3 in a2 {
    let (y4, t5) = jvp((v7: []) => tanh(((((1.437 * ones[a1])[a1: clamp(a1 + 2)] - stop(v7[+a1])) @[a1] log(1.3 + v7[+a0, +a1]^2)) / #a1)), tanh(expm1(atan(1.537))), tanh(exp(tanh((1.537 * 0.837)))))
    let (y8, t9) = jvp((v11: [a0, a2]) => t5[a0: 0], tanh(t5[+a2]), tanh(sqrt(0.2 + var[a1]((y4[+a1, +a2] - x1[+a0]) + 0.717 + real(a1)))))
    yield mean[a1](cos(sin(real(0 + 2 * a1))[a1: wrap(a1 + 2 * a0 - #a0 div 2)]))
  }
  let v12 = (((1 + 2 * a0 + 1 * a1) mod 3 < 1) and (((0 + 3 * a0 + 2 * a1) mod 3 < 1) and all[a2](((1 + 3 * a0 + 3 * a1 + 2 * a2) mod 2 < 1))))
  var s13 = sign(0.0137 + 0.737)
  var n14 = 0
  while n14 < 2 and s13 < 0.8537 {
    let v15 = a1((0) mod #a1)
    var s16 = tanh(sum[a2 -> a0': a0'((2 + 1 * a2) mod #a0')](tanh(y2))[a0': int(a0)])
    if (relu(0.137 + (if ((2) mod 3 < 2) then s13 else s13)) >= 1.637) {
      s16 = tanh(sum[a2 -> a0: a0((0 + 2 * a2) mod #a0)]((((0.337 * ones[a1]) @[a1] s13[+a1, +a2]) / #a1)))
    }     else {
      s16 = s13[+a0]
    }
    s13 = s13
    n14 = n14 + 1
  }
  s13[+a0, +a2]
}
block B17[k18, k19](x20: [a1, k18]) -> [a0, k19] {
  param w21: [k18] = normal[k18]
  param w22: [a1, k19] = 0.3 * normal[a1, k19]
  var s23 = tanh(sum[k19](sin(real(1 + 1 * k19))))
  var n24 = 0
  while n24 < 1 and s23 < 0.8537 {
    var s25 = tanh((tanh(((s23)^3)) * (s23 - s23)))
    var n26 = 0
    while n26 < 3 and s25 < 0.8537 {
      s25 = tanh(atan2(mean[k18](w21), (1.1 + (s23[+a0'][a0' -> a0] @[a0] (s25[+a0] * s25[+a0]))^2)))
      n26 = n26 + 1
    }
    s23 = tanh(grad((v28: []) => (-grad((v29: []) => v28)(v28)))(tanh((fix z27 = 0.4 * tanh(z27 + tanh(s23)) + exp(s23) from exp(s23) within 1e-13 at most 200))))
    n24 = n24 + 1
  }
  var s30 = s23[+a1][a1: clamp((0 + 1 * k18'))][k18' -> k18]
  for i31 in k19 {
    let (r33, r34) = (grad((v32: [a0, k19]) => (tanh(norm[k19](sin(real(2 + 1 * k19)) + 0.717 + real(k19))) * ((s23[+k19] @[k19] s23[+k19]) / #k19)))(tanh(max(0.0171 + s23[+a0, +k19], ((1.2 + s23[+a0, +k19]^2)^0.7)))), s23[+k18'])
    s30 = tanh(w21)
  }
  s23[+a0, +k19]
}
block Main(x35: f32[a0], x36: f32[a0], x37: f32[a1]) -> (r0: f32[a0, a1, a2]) {
  let v39 = sum[a0]((checkpoint { let u38 = softplus(((0.537 * ones[a1]) / (1.1 + x37^2))); tanh((((0.337 * ones[a0, a1, a2]))^2))[a0: wrap(a0 - 2)] }))
  let v41 = tanh(round(0.0137 + 3.1 * (acos(0.7 * sin(grad((v40: [a0, a1, a2]) => 1.037)(f32(v39[+a0])))) + stop(((1.537 * ones[a0, a1, a2]) - v39[+a0])))))
  let (y42, g43) = value_and_grad((v44: [a1]) => reverse[a2](sin(real(2 + 3 * a2)))[a2: a2((1) mod #a2)])(f32((1.737 * ones[a1'])[a1' -> a1][a1: a1 - 2 else 1.437]))
  let y45 = for i46 in a0 {
    let v47 = a1((2) mod #a1)
    let v48 = sum[a1' where (min(0.0171 + y42, y42) < 1.837)](sin(real(0 + 2 * a1 + 1 * a2 + 2 * a1')))
    yield f32(tanh((var[a0]((0.837 * ones[a0])) - tanh(floor(0.0137 + 3.1 * v39[a1: 3, a2: 2])))))
  }
  let v49 = mean[a1, a2](v41)
  (r0: f32((v41[a2: 1][a1: wrap(a1 + 2 * a2 - #a2 div 2)] / (1.1 + grad((v50: [a0, a1, a2]) => v39[a1: 2, a2: 4])(f32(clamp((y42[+a0, +a1, +a2] / (1.1 + y42[+a2]^2)), -0.713, 0.877)))^2))))
}
experiment e() {
  let d0: f32[a0] = load("d0.npy")
  let d1: f32[a0] = load("d1.npy")
  let d2: f32[a1] = load("d2.npy")
  let net = Main[]
  print(net(d0, d1, d2))
}

