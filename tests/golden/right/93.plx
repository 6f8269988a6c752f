// --precision f64
use nn
axis a0 = 33
axis a1 = 3
axis a2 = 7
axis a3 = #a0 + #a2
fn f0(x1: [a3], x2: a2[a0, a1]) -> [] {
  let v3 = sin(real(0 + 2 * a2 + 1 * a2'))[a2': int(a2)]
  var s4 = 0.437
  let y5 = for i6 in a2' {
    s4 = s4
    yield tanh(((grad((v8: []) => v8)(s4) - (fix z7 = 0.4 * tanh(z7 + tanh(s4)) + s4 from s4 within 1e-13 at most 200)) - (((-s4[+a2']) @[a2'] mean[a2](s4[+a2, +a2'])) / #a2')))
  }
  expm1(tanh(grad((v9: []) => s4)(tanh((s4[+a2][a2 -> a2'] @[a2'] tanh(((y5[+a3] @[a3] x1) / #a3)))))))
}
fn f10[k11](x12: [a3], x13: [a2]) -> [a1, a2] {
  var s15 = tanh(((if (1.837 * ones[a0]) > 0.0193 then sqrt((1.837 * ones[a0])) else (1.237 * ones[a0])) + softmax[a0 where ((1 + 3 * a0) mod 3 < 1)](log(1.3 + sin(real(1 + 2 * a0))^2))))
  for i16 in 0..1 {
    let v17 = 0.037
    let v19 = f0(tanh(grad((v18: [a3]) => stop(real(i16)))(tanh((if ((1 + 2 * a3) mod 3 < 2) then min(0.0171 + v17, v17[+a3]) else concat[a0, a2 -> a3]((1.537 * ones[a0]), (1.137 * ones[a2])))))), a2((1 + 2 * a0 + 2 * a1) mod #a2))
    s15 = tanh((cos((checkpoint { let u20 = (1.437 * ones[k11]); s15 })) + tanh((sin(real(1 + 1 * a0)) / (1.1 + v17[+a0]^2)))))
  }
  var s21 = tanh((f0(x12, a2((1 + 2 * a0 + 3 * a1) mod #a2)) * 0.537))
  var n22 = 0
  while n22 < 3 and s21 < 0.8537 {
    let v23 = a3((2) mod #a3)
    s21 = s21[+a3][a3: a3((1) mod #a3)]
    n22 = n22 + 1
  }
  s21[+a1, +a2]
}
fn f24[k25, k26, k27](x28: [k27], x29: []) -> [] {
  var s30 = tanh(norm[k26]((x29[+a1, +k25, +k26] + softmax[k25 where ((2 + 3 * a1 + 3 * k25 + 3 * k26) mod 2 < 2)](x29[+a1, +k25, +k26])) + 0.717 + real(k26)))
  s30[k25: k25(sum[k25]((0 + 1 * k25)) mod #k25)] = tanh(x29[+a1])
  let v31 = log1p((sum[a0](tanh(real((((1 + 2 * a0 + 3 * a1) * (2 + 3 * a0 + 3 * a1)) mod 101)))) / #a0)^2)
  (mean[a2](atan2(((x29[+a3] @[a3] (1.637 * ones[a2, a3])) / #a3), (1.1 + ((1.337 * ones[a2]) - x29[+a2])^2))) / (1.1 + grad((v32: []) => cos(x29))(tanh((x29 * x29[+k26])))[k26: (int(k26((2) mod #k26)) mod (2 + int(((0) mod 3 < 2)) mod 5)) else 1.637]^2))
}
block Main(x33: f64[a0, a1], x34: f64[a0], x35: f64[]) -> (r0: f64[a0, a3]) {
  param w36: [a0, a2] = normal[a0, a2]
  let v37 = argmax[a3](tanh(real((1 + 2 * a2 + 2 * a3))) + 0.0113 * real(a3))
  let v39 = grad((v38: [a0, a1, a2]) => ((((1.337 * ones[a0, a0'])[a0': int(a0)] + mean[a2](w36)) @[a0] tanh((x35[+a0] - sin(real(0 + 3 * a0))))) / #a0))(f64(tanh(log1p(softmax[a0](w36[+a1][a2: #a2 - 1 - a2])^2))))
  let n40 = normal[a0']
  let v44 = (fix z43 = 0.4 * tanh(z43 + tanh(((grad((v42: [a1]) => x35)(f64(sin(real(0 + 3 * a1)))) - relu(0.137 + x35)) * ((((x35[+a2, +a3] @[a2] x35[+a1, +a2]) / #a2) @[a3] concat[a0, a2 -> a3](x34[+a1], x35[+a1, +a2])) / #a3)))) + tanh((tanh(real((1 + 1 * a0'))) * grad((v41: [a0']) => x35)(f64((1.537 * ones[a0']))))[a0': a0'((1 + 3 * a1) mod #a0')]) from tanh((tanh(real((1 + 1 * a0'))) * grad((v41: [a0']) => x35)(f64((1.537 * ones[a0']))))[a0': a0'((1 + 3 * a1) mod #a0')]) within 1e-13 at most 200)
  (r0: f64(acos(0.7 * sin(sum[a0' -> a3: a3((2 + 2 * a0') mod #a3)](tanh((n40 + x35[+a0'])))[a3: a3 + 2 * a0 - #a0 div 2 else 1.737]))))
}
experiment e() {
  let d0: f64[a0, a1] = load("d0.npy")
  let d1: f64[a0] = load("d1.npy")
  let d2: f64[] = load("d2.npy")
  let net = Main[]
  print(net(d0, d1, d2))
  let slope = grad((m) => mean(tanh(m(d0, d1, d2).r0)))(net)
  print(norm(slope))
  print(grad((v: f64[a0, a1]) => mean(tanh(net(v, d1, d2).r0)))(d0))
}

