// --precision f64
use nn
axis a0 = 9
axis a1 = 5
axis a2 = #a1 * #a0
axis a3 = (a3_0, a3_1, a3_2, a3_3)
axis a4 = #a3 + #a0
axis a5 = 9
block Main(x0: f64[a4], x1: i64[a5], x2: f64[a1, a3]) -> (r0: f64[a0, a4], r1: f64[a5]) {
  param w3: [] = 0.7
  var s4 = f64(tanh(((sin(real(0 + 1 * a1 + 2 * a4 + 1 * a5)) @[a5] (w3[+a5] * w3[+a5])) / #a5)))
  for i5 in 0..4 {
    let v7 = (tanh((max(0.0171 + (w3 * w3), w3) * grad((v6: [a5]) => erf(w3))(f64(tanh(sum[a4 -> a5: a5((1 + 1 * a4) mod #a5)](sin(real(2 + 1 * a4)))))))) @[a5] (tanh(sqrt(0.4 + x0[+a5]^2)) * cummax[a5](x0[+a5] + 0.0113 * real(a5)))[a4: int(a3)])
    var s8 = f64(tanh((w3[+a5][a5: clamp(a5 + 1)] - min(0.0171 + sin(real(1 + 1 * a5)), w3[+a5]))))
    s8[a5: a5((1) mod #a5)] = f64(tanh(((exp(tanh(w3)) - max(0.0171 + w3, w3)) + (tanh(sum[a0 -> a3: a3((0 + 3 * a0) mod #a3)](w3[+a0])) @[a3] tanh(v7)[a3: clamp(a3 + 1)]))))
    s4 = f64(one_hot[a4](a4((1 + 3 * a1) mod #a4)))
    if (not (((1) mod 2 < 1) or ((2) mod 2 < 2))) { break }
  }
  let r9 = (h: (if ((2 + 1 * a0 + 2 * a1) mod 3 < 2) then cumsum[a1](((w3[+a0, +a1, +a2] @[a2] w3[+a2]) / #a2)) else relu(0.137 + ((0.337 * ones[a0, a1]) - (1.237 * ones[a0, a1])))), c: tan(tanh(cumsum[a0']((1.537 * ones[a0']))[a0' -> a0])))
  let r10 = 0.7 * r9 + 0.2 * r9
  let v11 = int(a3((2 + 2 * a1 + 3 * a4 + 2 * a5) mod #a3))
  let v13 = expm1(tanh((fix z12 = 0.4 * tanh(z12 + tanh(w3)) + (sum[a2](w3[+a2, +a4]) / #a2)[a4: a4((1) mod #a4)] from (sum[a2](w3[+a2, +a4]) / #a2)[a4: a4((1) mod #a4)] within 1e-13 at most 200)))
  let v14 = any[a0](any[a3](((0 + 1 * a0 + 2 * a2 + 2 * a3) mod 2 < 2)))
  (r0: f64(mean[a2](grad((v15: [a2, a4]) => (v13 + w3))(f64(tanh(v13[+a2, +a4]))))[a4: wrap(a4 + 1 * a0 - #a0 div 2)]), r1: f64((sin(real(2 + 3 * a5)) + v13)))
}
experiment e() {
  let d0: f64[a4] = load("d0.npy")
  let d1: i64[a5] = load("d1.npy")
  let d2: f64[a1, a3] = load("d2.npy")
  let net = Main[]
  print(net(d0, d1, d2))
  let slope = grad((m) => mean(tanh(m(d0, d1, d2).r0)))(net)
  print(norm(slope))
  print(grad((v: f64[a4]) => mean(tanh(net(v, d1, d2).r0)))(d0))
}

