// --precision f64
use nn
axis a0 = (a0_0, a0_1)
axis a1 = 2
axis a2 = #a1 * #a0
block Main(x0: f64[], x1: f64[a0]) -> (r0: f64[], r1: f64[a2], r2: bool[]) {
  let (y2, g3) = value_and_grad((v4: []) => ((sin(real(2 + 2 * a1))[a1: a1((1) mod #a1)] / (1.1 + mean[a2]((1.237 * ones[a2]))^2)) * (if x0 > 0.0193 then sqrt(x0) else min[a2 where ((2 + 2 * a2) mod 3 < 1) else 1.237]((1.037 * ones[a2]) + 0.0113 * real(a2)))))(f64(tanh(sinh(tanh((x0 - x0))))))
  var s5 = f64(tanh(sum[a0]((tanh(g3[+a2]) @[a2] x0[+a0, +a2]))))
  if (((1) mod 3 < 2) or (((1) mod 2 < 1) and (x0 >= 1.237))) {
    let v6 = a2((1) mod #a2)
    var s7 = f64(tanh((sin(real(1 + 2 * a2))[a2: wrap(a2 + 1 * a0 - #a0 div 2)] @[a0] tanh((if ((2 + 1 * a0 + 2 * a1 + 2 * a2) mod 2 < 2) then (1.237 * ones[a0, a1, a2]) else g3[+a0, +a1, +a2])))))
    let y8 = for i9 in a0 {
      s7 = f64(tanh(grad((v11: [a1, a2]) => cos(y2))(f64(tanh(atan2((checkpoint { let u10 = g3; s5[+a1, +a2] }), (1.1 + x0^2)))))))
      yield f64(tanh(sum[a0]((if expm1((0.837 * ones[a0, a1, a2])) > 0.0193 then sqrt(expm1((0.837 * ones[a0, a1, a2]))) else softmax[a2](y2[+a0, +a1, +a2])))))
    }
    s5 = f64(tanh(x1[a0: 1]))
  }
  var s12 = f64(tanh(y2))
  var n13 = 0
  while n13 < 3 and s12 < 0.8537 {
    let v14 = (x0[+a0, +a2] / (1.1 + sum[a1 -> a0: a0((2 + 3 * a1) mod #a0)](tanh(sort[a1](y2[+a1, +a2] + 0.0113 * real(a1))))^2))[a0: wrap(a0 + 1 * a1 - #a1 div 2)]
    s12 = f64(tanh((tanh((s12[+a2] @[a2] x1[+a2]))[a0: a0 - 3 else 1.037] @[a0] ((s12[+a0] / (1.1 + s12^2)) / (1.1 + (x0[+a2] @[a2] sin(real(0 + 2 * a0 + 2 * a2)))^2)))))
    n13 = n13 + 1
  }
  var s15 = f64(sin(real(0 + 1 * a2)))
  for i16 in a2 {
    let v17 = int(((1) mod 3 < 1))
    var s19 = f64(tanh(grad((v18: [a1]) => ((x0[+a1] @[a1] y2[+a1]) / #a1))(f64(tan(tanh(x0[+a1]))))))
    if ((0) mod 2 < 1) {
      s19 = f64(tanh((x0[+a1] - grad((v20: [a1]) => (x0 / (1.1 + y2^2)))(f64(atan(g3[+a1]))))))
    }
    s15[a2: a2(((0) - (1)) mod #a2)] = f64(tanh(g3))
  }
  (r0: f64(g3), r1: f64(x0[+a2]), r2: all[a0]((not ((1 + 3 * a0) mod 2 < 1))))
}
experiment e() {
  let d0: f64[] = load("d0.npy")
  let d1: f64[a0] = load("d1.npy")
  let net = Main[]
  print(net(d0, d1))
  print(grad((v: f64[]) => mean(tanh(net(v, d1).r0)))(d0))
}

