// --precision f64
use nn
axis a0 = 8
axis a1 = 5
axis a2 = (a2_0, a2_1, a2_2)
fn f0(x1: [a2], x2: a1[a1, a2], x3: [a0, a1]) -> [] {
  let h4 = jacobian[a0 -> a0']((v5: [a0]) => 0.537)(tanh(norm[a2](((1.837 * ones[a0]) + x1[+a0]) + 0.717 + real(a2))))
  (x1 @[a2] tanh(((atan2(expm1(tanh(h4)), (1.1 + (-h4)^2)) @[a0'] (((x1[+a0] @[a0] x1[+a0, +a0']) / #a0) + softmax[a0' where ((1 + 3 * a2 + 2 * a0') mod 2 < 1)](tanh(h4[+a2'][a2' -> a2])))) / #a0')))
}
block Main(x6: f64[a0, a1], x7: f64[]) -> (r0: f64[a0, a1], r1: f64[a0, a1, a2]) {
  let v8 = mean[a2](logsumexp[a1](x6[+a2, +a1'])[a1' -> a1])[a1: wrap(a1 + 2 * a2 - #a2 div 2)]
  var s9 = f64(tanh(((x7 * x7) + (x7 + x7))))
  var n10 = 0
  while n10 < 3 and s9 < 0.8537 {
    var s13 = f64(tanh(grad((v12: []) => (x7[+a1] @[a1] (1.537 * ones[a1])))(f64(tanh((s9[+a2] @[a2] x7[+a2]))))))
    var n14 = 0
    while n14 < 4 and s13 < 0.8537 {
      s13 = f64(tanh(((((x7[+a1] + s9[+a1]) @[a1] s13[+a1]) / #a1) + mean[a0 where ((2 + 3 * a0) mod 2 < 2) else 1.337]((1.637 * ones[a0])[a0: wrap(a0 - 2)]))))
      n14 = n14 + 1
    }
    s9 = f64(tanh(x7))
    n10 = n10 + 1
  }
  let y15 = for i16 in a0 {
    var s18 = f64(tanh(cosh(tanh(mean[a0, a1](x6)))))
    if (all[a0](((1 + 1 * a0) mod 3 < 1)) or (((1) mod 2 < 2) or (s9 >= 1.737))) {
      s18 = f64(tanh((min(0.0171 + sin(real(1 + 3 * a2)), s9)[a2: (1) else 0.637] - ((x7[+a1] @[a1] sin(real(0 + 2 * a1))) + (s18 * x7)))))
    }     else {
      s18 = f64(tanh(max[a0 where (not ((1 + 3 * a0) mod 2 < 1)) else 0.437]((rsqrt(0.6 + s18^2) - (if s18[+a0] > 0.0193 then sqrt(s18[+a0]) else s18[+a0])) + 0.0113 * real(a0))))
    }
    yield f64((((x7[+a0, +a1'] + x7[+a0])[a0: wrap(a0 - 1)] @[a0] tanh((max(0.0171 + sin(real(0 + 2 * a0 + 2 * a1 + 1 * a2 + 2 * a1')), sin(real(1 + 1 * a0 + 3 * a1 + 2 * a2 + 2 * a1'))) @[a1] (1.737 * ones[a0, a1, a2])))) / #a0))
  }
  var s19 = f64(tanh((softmax[a1'](s9[+a1']) - x7[+a1'][a1': clamp(a1' + 3)])))
  s19[a1': a1'(sum[a2]((0 + 2 * a2)) mod #a1')] = f64(tanh(grad((v20: []) => f0(f64(x7[+a0, +a2][a0: a0((1) mod #a0)]), a1((1 + 3 * a1 + 2 * a2) mod #a1), f64(v20[+a0, +a1])))(f64(tanh((if tan(tanh(s9)) > 0.0193 then sqrt(tan(tanh(s9))) else acos(0.7 * sin(s9))))))))
  (r0: f64(s9[+a0, +a1]), r1: f64((1.437 * ones[a0, a1, a2])))
}
experiment e() {
  let d0: f64[a0, a1] = load("d0.npy")
  let d1: f64[] = load("d1.npy")
  let net = Main[]
  print(net(d0, d1))
  print(grad((v: f64[a0, a1]) => mean(tanh(net(v, d1).r0)))(d0))
}

