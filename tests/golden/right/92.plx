// --precision f64
use nn
axis a0 = 17
axis a1 = 3
axis a2 = 9
axis a3 = (#a0 - 2 * (#a1 - 1) - 1) div 1 + 1
axis a4 = #a3 + #a2
axis a5 = #a1 * #a3
block B0[k1, k2, k3](x4: [], x5: [a1, a5], x6: [a0]) -> [] {
  let v7 = (x4[+a0, +k2][k2: wrap(k2 - 2)] >= 1.637)
  var s8 = tanh(real(((2) + (0))))
  for i9 in k2 {
    s8 = tanh(x4)
  }
  tanh(((s8[+k2][k2: clamp(int(((2) mod 3 < 2)))])^3))
}
fn f10[k11, k12](x13: [a4], x14: [a2, k11], x15: [a0]) -> [a0, a1] {
  let (y16, t17) = linearize((v19: [a3, k11]) => (if min(0.0171 + x13[a4: 0], abs(0.0713 + 1.037)) > 0.0193 then sqrt(min(0.0171 + x13[a4: 0], abs(0.0713 + 1.037))) else (1.437 - x15[a0: 5])), sin(real(1 + 2 * a3 + 3 * k11)))
  let u18 = t17(((if ((0 + 2 * a3 + 3 * k11) mod 3 < 2) then sin(real(1 + 1 * a3 + 1 * k11)) else sin(real(0 + 3 * a3 + 2 * k11))) + sin(real(2 + 1 * a3 + 3 * k11))))
  let v21 = (checkpoint { let u20 = (sum[a2 where ((2 + 2 * a2) mod 3 < 1)](log(1.3 + tanh((y16[+a2] * y16))^2)) / #a2); (sinh(tanh(x13[+a2])) + (if all[k11](((2 + 3 * a4 + 1 * k11) mod 2 < 2)) then concat[a3, a2 -> a4](u18[+a3], y16[+a2]) else (sum[a3](x13[+a3]) / #a3))) })
  sin(real(0 + 1 * a0 + 2 * a1'))[a1' -> a1]
}
block Main(x22: f64[]) -> (r0: f64[a0, a4]) {
  param w23: [a1] = 0.3 * normal[a1]
  param w24: [] = 0.7
  let v25 = tanh(norm[a2](abs(0.0713 + w24[+a2, +a5]) + 0.717 + real(a2)))
  var s26 = f64(tanh(min[a3](erfc(w24[+a2, +a3]) + 0.0113 * real(a3))))
  s26[a2: a2((2) mod #a2)] += f64(tanh((((w24 * w24) / (1.1 + ((w24[+a5] @[a5] (1.637 * ones[a5])) / #a5)^2)) - (if all[a4](((2 + 3 * a4) mod 3 < 2)) then ((1.2 + x22^2)^0.7) else w24))))
  var s27 = f64(sigmoid((1.237 * ones[a0, a1]))[a0: wrap(a0 - 1)])
  if all[a2](any[a0]((((0 + 1 * a0 + 2 * a2) mod 3 < 1) or ((2 + 3 * a0 + 1 * a2) mod 3 < 1)))) {
    let v29 = ((((checkpoint { let u28 = tanh(cumsum[a4](x22[+a4])); (w24[+a2, +a5] - s26) }) @[a5] tanh(norm[a1](tanh(real((0 + 3 * a1 + 3 * a2 + 2 * a5))) + 0.717 + real(a1)))) / #a5) - sum[a0](tanh(sum[a3 -> a2: a2((1 + 3 * a3) mod #a2)](w24[+a3])[a2: argmax[a2](sin(real(2 + 1 * a0 + 2 * a2)) + 0.0113 * real(a2))])))
    let (y30, g31) = value_and_grad((v32: []) => tanh(real(sum[a3](sum[a4]((0 + 1 * a3 + 2 * a4))))))(f64(mean[a0, a1](s27)))
    s27 = f64(tanh((tanh((cummax[a4]((0.537 * ones[a4]) + 0.0113 * real(a4)) + grad((v33: [a4]) => g31)(f64(y30[+a4])))) @[a4] sin(real(2 + 2 * a0 + 2 * a1 + 1 * a4)))))
  }
  let v34 = tanh(real((1 + 3 * a0 + 1 * a5)))
  (r0: f64((sum[a1 -> a4: a4((0 + 3 * a1) mod #a4)](sin(real(2 + 2 * a0 + 3 * a1'))[a1' -> a1]) + w24[+a0, +a4])))
}
experiment e() {
  let d0: f64[] = load("d0.npy")
  let net = Main[]
  print(net(d0))
  let slope = grad((m) => mean(tanh(m(d0).r0)))(net)
  print(norm(slope))
  print(grad((v: f64[]) => mean(tanh(net(v).r0)))(d0))
}

