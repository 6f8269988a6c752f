// --precision f64
use nn
axis a0 = 17
axis a1 = 16
axis a2 = #a1
axis a3 = 2
axis a4 = 4
fn f0[k1, k2](x3: [a0, a3]) -> [] {
  let (y5, t6) = linearize((v8: [a0]) => sum[a3]((0.137 * ones[a3, a4])), tanh(sinh(tanh(acos(0.7 * sin(sin(real(2 + 1 * a0))))))))
  let u7 = t6(tanh(stop(grad((v4: [a0]) => 0.837)(sin(real(2 + 2 * a0))))))
  var s9 = tanh(((sin(real(1 + 1 * a3)) @[a3] sin(real(2 + 3 * a3 + 1 * k1))) @[k1] (((0.537 * ones[a2, k1]) @[a2] tanh(u7[+a2])) / #a2)))
  for i10 in a4 {
    let v11 = (cumsum[a1](sin(real(2 + 3 * a0 + 3 * a1))) * sin(real(0 + 3 * a0 + 3 * a1)))
    let h12 = jacobian[a3 -> a3']((v13: [a3]) => (fix z15 = 0.4 * tanh(z15 + tanh(rsqrt(0.6 + 0.437^2))) + (checkpoint { let u14 = sin(real(1 + 1 * a2 + 2 * k1)); 1.637 }) from (checkpoint { let u14 = sin(real(1 + 1 * a2 + 2 * k1)); 1.637 }) within 1e-13 at most 200))((1.337 * ones[a3]))
    s9[a4: i10] += tanh((expm1(tanh((if 0.337 > 0.0193 then sqrt(0.337) else 0.737))) * mean[a1](tanh((((1.837 * ones[a1]))^2)))))
  }
  var s16 = tanh((sin(real(1 + 3 * a0 + 3 * a2)) - cumsum[a0](sin(real(0 + 1 * a0 + 1 * a2)))))
  var n17 = 0
  while n17 < 4 and (0.137 >= 1.337) {
    s16 = s16
    n17 = n17 + 1
    if (not (0.737 >= 1.537)) { break }
  }
  0 * sum(x3) + 0.837
}
fn f18(x19: [a2], x20: a2[a2], x21: [a3]) -> [] {
  var s22 = tanh(sum[a4 where ((1 + 2 * a0 + 3 * a3 + 1 * a4) mod 2 < 2)](x21[+a0, +a4]))[a0: clamp(a0 + 1)]
  for i23 in a0 {
    var s24 = (0.437 * ones[a4])
    for i25 in a1 {
      s24 = tanh(grad((v26: [a4]) => (1.437 + tanh(sqrt(0.4 + 0.837^2))))(tanh(logsumexp[a1](((1.337 * ones[a1, a4]) - s24[+a1])))))
    }
    s22[a0: i23] += tanh((0.437 * ones[a3]))
  }
  axis s27 = #a0
  (min[a4](((0.037 * ones[a4]) - ((x19 @[a2] (0.037 * ones[a2, a4])) / #a2)) + 0.0113 * real(a4)) - (checkpoint { let u28 = (sin(real(2 + 1 * a1))[a1: a1 + 1 * s27 - #s27 div 2 else 0.037] - one_hot[s27](s27((0 + 3 * a1) mod #s27))); ((tanh(sin(real(2 + 2 * a1))) @[a1] ((1.537 * ones[a1]) + sin(real(1 + 3 * a1)))) / #a1) }))
}
block Main(x29: f64[a1, a2]) -> (r0: f64[a1], r1: bool[a2], r2: a4[a3]) {
  var s30 = f64(tanh((sum[a0 -> a4: a4((1 + 3 * a0) mod #a4)](sin(real(1 + 3 * a0))) + ((1.537 * ones[a3]) @[a3] (0.037 * ones[a3, a4])))))
  var n31 = 0
  while n31 < 2 and any[a4]((((2 + 3 * a4) mod 3 < 1) and ((2 + 3 * a4) mod 2 < 2))) {
    let v32 = any[a4](((1 + 1 * a2 + 1 * a4) mod 2 < 2))
    s30 = f64(tanh(mean[a1]((s30[+a1] + (s30 @[a4] s30)))))
    n31 = n31 + 1
  }
  let (y33, g34) = value_and_grad((v35: [a1]) => grad((v36: []) => (((v36[+a1] @[a1] v35) / #a1) * atan2(v36, (1.1 + v36^2))))(f64(tanh((if (((2) mod 2 < 1) and ((0) mod 3 < 1)) then (1.237 + 0.037) else ((v35 @[a1] (1.237 * ones[a1])) / #a1))))))(f64((1.437 * ones[a1])))
  let r38 = (h: ((tanh((checkpoint { let u37 = y33; u37[+a0, +a3] })) @[a3] tanh(max(0.0171 + y33[+a0, +a3], y33[+a0]))) - y33), c: (sum[a3](g34[+a3, +a1']) / #a3))
  let r39 = 0.7 * r38 + 0.2 * r38
  (r0: f64((if ((0 + 2 * a1) mod 2 < 2) then (tanh((r38.h[+a1, +a3][a3: wrap(n31)] * (s30 @[a4] tanh(y33[+a0, +a1, +a4])))) @[a0] tanh(r38.h)) else f0[a3, a4](f64(tanh(r38.h[+a3]))))), r1: (not ((tanh(sqrt(0.2 + var[a1](y33[+a1, +a2] + 0.717 + real(a1)))) < 0.837) and ((1 + 1 * a2) mod 2 < 2))), r2: a4((1 + 2 * a3) mod #a4))
}
experiment e() {
  let d0: f64[a1, a2] = load("d0.npy")
  let net = Main[]
  print(net(d0))
  print(grad((v: f64[a1, a2]) => mean(tanh(net(v).r0)))(d0))
}

