// --precision f64
use nn
axis a0 = 16
axis a1 = 9
axis a2 = 7
axis a3 = #a1
axis a4 = #a1
axis a5 = (#a3 - 1 * (#a2 - 1) - 1) div 1 + 1
fn f0[k1, k2](x3: [], x4: [a2, a5], x5: [a5]) -> [a2] {
  var s6 = tanh(sinh(tanh(x3)))
  for i7 in 0..1 {
    let v9 = a2(((2 + 1 * a0 + 1 * a3) - int(((1 + 3 * a0) mod 2 < 2))) mod #a2)
    s6 = tanh((if ((2) mod 3 < 1) then x3 else real((2))))
  }
  let v10 = cumprod[a1](1.1 + 0.2 * tanh(atan2(x3[+a1, +k1], (1.1 + (s6[+a1, +k1] * x3[+a1])^2))))
  mean[a1']((s6[+a2, +a1'] - (((0.737 * ones[a5, a1']) @[a5] x4[+a1']) - (-x3[+a2]))))
}
block B11(x12: [a0, a3], x13: a4[a2]) -> [] {
  var s14 = tanh(logsumexp[a1](abs(0.0713 + sin(real(2 + 2 * a1 + 1 * a4)))))
  s14[a4: a4(count_true[a5](((0 + 1 * a5) mod 2 < 1)) mod #a4)] += tanh((if ((1) mod 2 < 1) then (mean[a3 where ((0) mod 2 < 2) else 0.337](sin(real(0 + 2 * a3))) + 0.337) else (-tanh(sqrt(0.2 + var[a4](sin(real(1 + 1 * a4)) + 0.717 + real(a4)))))))
  let v15 = min[a1](mean[a2 where (sin(real(0 + 1 * a1 + 3 * a2 + 3 * a5)) >= 0.137) else 0.137]((if (((2 + 2 * a1 + 1 * a2 + 1 * a5) mod 3 < 2) or ((0 + 2 * a1 + 3 * a2 + 2 * a5) mod 3 < 1)) then (1.337 * ones[a1, a2, a5]) else (((0.137 * ones[a3]) @[a3] (0.137 * ones[a3])) / #a3))) + 0.0113 * real(a1))
  grad((v16: []) => abs(0.0713 + (if ((0 + 1 * a4) mod 2 < 1) then s14 else s14)[a4: a4((1) mod #a4)]))(tanh(prod[a5](1.1 + (0.4 * tanh(((tanh((((0.337 * ones[a1, a5]))^3)) @[a1] v15[+a1]) / #a1))))))
}
block B17(x18: [a2], x19: []) -> [] {
  param w20: [a2, a3] = normal[a2, a3]
  let v21 = (if any[a5](((0 + 3 * a5) mod 3 < 1)) then sin(real(2 + 1 * a2 + 2 * a3)) else logsumexp[a2](expm1((0.237 * ones[a2])[a2: clamp(a2 + 3)])))
  let v22 = a2((0) mod #a2)
  tanh((mean[a2, a3](v21) * ((var[a3](tanh(((x19[+a1, +a3])^2))) @[a1] var[a5](tanh(((x19[+a1, +a5])^3)))) / #a1)))
}
block Main(x23: f32[a3, a5], x24: f64[a3]) -> (r0: f64[], r1: f64[], r2: f64[a1, a3, a4]) {
  var s25 = f64(tanh(x23[a5: 0]))
  s25[a3: argmax[a3](((0.837 * ones[a3]) - x24) + 0.0113 * real(a3))] += f64(tanh(mean[a3, a5](x23)))
  let v28 = grad((v27: [a0, a1, a4]) => ((tanh(((tanh((sin(real(1 + 1 * a1 + 2 * a1')) @[a1] (1.637 * ones[a1, a1']))))^3)) @[a1'] (((1.837 * ones[a1']) * sin(real(1 + 1 * a1'))) + (0.437 + sin(real(2 + 2 * a1'))))) / #a1'))(f64(tanh(stop((if (((1 + 1 * a0 + 3 * a1 + 2 * a4) mod 3 < 2) and ((0 + 1 * a0 + 2 * a1 + 3 * a4) mod 3 < 2)) then cos((1.837 * ones[a0, a1, a4])) else grad((v26: [a0, a1, a4]) => 0.737)(f64(sin(real(0 + 2 * a0 + 2 * a1 + 1 * a4)))))))))
  let net29 = B11[]
  (r0: f64(sum[a1](min[a2 -> a1: a1(int(((1 + 2 * a2) mod 2 < 1)) mod #a1) else 1.237](sum[a5 -> a2: a2((2 + 3 * a5) mod #a2)](sin(real(1 + 1 * a5 + 3 * a2')))[a2': int(a2)]))), r1: f64(sin(((tanh(norm[a3](x24[+a1'] + 0.717 + real(a3))) @[a1'] (if ((1.237 * ones[a1']) + 0.137) > 0.0193 then sqrt(((1.237 * ones[a1']) + 0.137)) else ((1.137 * ones[a1']) + (1.337 * ones[a1'])))) / #a1'))), r2: f64(erf(erfc(tanh(grad((v30: [a1, a3, a4]) => ((x24 @[a3] x24) / #a3))(f64(max(0.0171 + sin(real(2 + 1 * a1 + 3 * a3 + 3 * a4)), sin(real(1 + 3 * a1 + 3 * a3 + 2 * a4))))))))))
}
experiment e() {
  let d0: f32[a3, a5] = load("d0.npy")
  let d1: f64[a3] = load("d1.npy")
  let net = Main[]
  print(net(d0, d1))
}

