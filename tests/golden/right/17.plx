// --precision f64
use nn
axis a0 = 4
axis a1 = 3
axis a2 = #a1 + #a0
block Main(x0: f64[], x1: f64[], x2: i64[a0, a2]) -> (r0: f64[a1]) {
  let (r3, r4) = (stop((((x1[+a2] - sin(real(1 + 2 * a2))) @[a2] cummax[a2](x1[+a2] + 0.0113 * real(a2))) / #a2)), ((0.437 * ones[a1]) @[a1] tanh(sum[a2 -> a1: a1((2 + 1 * a2) mod #a1)](x1[+a0, +a2])))[a0: clamp(a0 + 2 * a2 - #a2 div 2)])
  var s5 = f64(tanh(mean[a0](r4)))
  s5[a2: a2((0) mod #a2)] += f64(tanh(softmax[a0](tanh((x0[+a0] * r3[+a0])))[a0: wrap((1))]))
  var s7 = f64((checkpoint { let u6 = s5[a2: clamp((1))]; (0.137 * ones[a2])[a2: int(a1)] }))
  for i8 in a1 {
    var s9 = f64(tanh((sin(real(1 + 1 * a0 + 3 * a2 + 2 * a0')) @[a2] x0[+a2, +a0'])[a0': int(a0)]))
    for i10 in 0..1 {
      s9 = f64(tanh((tanh(sum[a0'](atan2(x1[+a0, +a1, +a0'], (1.1 + x0^2)))) @[a1] atan2((1.037 * ones[a1, a2])[a2: clamp(i10)], (1.1 + (if ((2 + 3 * a1) mod 2 < 2) then s7 else r3[+a1])^2)))))
    }
    s7[a1: i8] += f64(tanh(expm1(tan(tanh(((x1[+a0'] @[a0'] x0[+a0']) / #a0'))))))
  }
  let v11 = (not ((2 + 1 * a0 + 3 * a1 + 1 * a2) mod 2 < 1))
  let v12 = (if all[a2]((r3[+a0, +a2] >= 0.437)) then x0[+a0][a0: #a0 - 1 - a0] else mean[a2 where ((0) mod 3 < 2) else 0.337](tan(tanh(r4))))[a0: wrap(a0 + 2 * a1 - #a1 div 2)]
  let n13 = categorical[a0]((reverse[a2](sin(real(1 + 3 * a0 + 2 * a2))) * (((0.337 * ones[a1]) @[a1] r4[+a1]) / #a1)))
  (r0: f64(((sum[a2]((min[a0](s7[+a0] + 0.0113 * real(a0)) * x0[+a1, +a2][a1: clamp(a1 + 2)])) / #a2) * atan2(min[a0](sort[a0](s7[+a0] + 0.0113 * real(a0)) + 0.0113 * real(a0)), (1.1 + ((1.137 * ones[a2]) + r3[+a2])[a2: a2((2 + 1 * a1) mod #a2)]^2)))))
}
experiment e() {
  let d0: f64[] = load("d0.npy")
  let d1: f64[] = load("d1.npy")
  let d2: i64[a0, a2] = load("d2.npy")
  let net = Main[]
  print(net(d0, d1, d2))
}

