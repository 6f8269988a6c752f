// --precision f64
use nn
axis a0 = 9
axis a1 = 7
axis a2 = #a0 * #a1
axis a3 = 5
axis a4 = #a3
fn f0[k1](x2: [a2]) -> [] {
  let v4 = ((x2[+a4][a4: wrap(a4 - 3)][a2: a2 - 1 else 0.337] / (1.1 + cosh(sin(real(0 + 3 * a0 + 2 * a1 + 2 * a4))[(a1, a0) -> a2])^2)) * ((sin(real(2 + 2 * a3))[a3: wrap(a3 + 2 * a0 - #a0 div 2)] @[a0] (0.337 * ones[a0, a4])) / #a0)[a3: a3((0 + 3 * a2) mod #a3)])
  let v5 = all[a0](((0 + 1 * a0 + 2 * a1 + 1 * a4) mod 2 < 2))
  0 * sum(x2) + tanh(sqrt(0.4 + clamp(1.437, -0.713, 0.877)^2))
}
fn f6[k7, k8](x9: [a0]) -> [a4] {
  let v10 = ((0 + 2 * a0) mod 2 < 2)
  let v11 = asin(0.8 * tanh((sum[a1](max(0.0171 + max[a0](x9[+a1] + 0.0113 * real(a0)), sin(real(2 + 1 * a1)))) / #a1)))
  (f0[k7](v11[+a2, +a4]) + f0[k8]((v11[+a2, +a4] / (1.1 + v11[+a2, +a4]^2))))[a4: #a4 - 1 - a4]
}
block B12[k13](x14: [a4]) -> [a2] {
  param w15: [a0, k13] = ones[a0, k13]
  let y16 = for i17 in a3 {
    let v19 = sum[a3]((checkpoint { let u18 = (sin(real(1 + 1 * a1)) / (1.1 + sin(real(1 + 2 * a1))^2)); (0.737 * ones[a3]) })[a3: #a3 - 1 - a3])
    var s20 = tanh(v19)
    for i21 in 0..4 {
      s20 = tanh((if ((1) mod 2 < 1) then (if ((0) mod 2 < 2) then (s20 - v19) else ((s20[+k13] @[k13] s20[+k13]) / #k13)) else (tanh((v19 * v19)) + (v19 - v19))))
    }
    yield tanh((if (real((2)) >= 0.137) then (fix z22 = 0.4 * tanh(z22 + tanh(x14[a4: a4((1) mod #a4)])) + log(1.3 + v19^2) from log(1.3 + v19^2) within 1e-13 at most 200) else (if logsumexp[a2](v19[+a2]) > 0.0193 then sqrt(logsumexp[a2](v19[+a2])) else var[a3](s20[+a3]))))
  }
  ((tanh((tanh(grad((v23: [a3]) => 1.437)(tanh(y16)))[a3: a3 - 3 else 1.737] + y16)) @[a3] y16[+a2]) / #a3)
}
block Main(x24: f64[], x25: a1[a4], x26: a2[a3]) -> (r0: f64[a2, a3, a4], r1: a4[a0, a3, a4]) {
  let v28 = grad((v27: []) => ((min[a4](v27[+a4] + 0.0113 * real(a4)) + min(0.0171 + x24, v27)) * x24))(f64(clamp(sum[a0](one_hot[a3](a3((1 + 2 * a0) mod #a3))), -0.713, 0.877)))
  let v29 = (sum[a0](count_true[a2]((x24[+a0, +a2, +a4] >= 1.837))) * count_true[a0]((exp(tanh(x24[+a0, +a4])) >= 1.037)))
  let v33 = (fix z32 = 0.4 * tanh(z32 + tanh((checkpoint { let u31 = x24[+a1]; sum[a0](x24[+a0]) }))) + tanh(norm[a1](grad((v30: [a1']) => x24)(f64(x24[+a1']))[a1' -> a1] + 0.717 + real(a1))) from tanh(norm[a1](grad((v30: [a1']) => x24)(f64(x24[+a1']))[a1' -> a1] + 0.717 + real(a1))) within 1e-13 at most 200)
  let y34 = for i35 in a0 {
    let (y36, t37) = jvp((v39: [a4]) => v33[+a0, +a1'], f64(x24[+a4]), f64(min[a3](sort[a3](tanh(v28[+a4]) + 0.0113 * real(a3)) + 0.0113 * real(a3))))
    yield f64(tanh((sum[a1'](grad((v40: [a1']) => expm1(tanh(x24)))(f64(sin(real(2 + 2 * a1'))))) / #a1')))
  }
  let (y41, t42) = vjp((v44: []) => erf(((v33[+a4] @[a4] x24[+a4]) - (x24 * x24))), f64(((if ((2) mod 3 < 1) then v33 else x24) / (1.1 + min(0.0171 + x24, v33)^2))))
  let u43 = t42(f64(tanh((x24[+a1'][a1': wrap(a1' - 1)] @[a1'] sigmoid((1.737 * ones[a1']))))))
  let v46 = ((if (x24[+a0] / (1.1 + (1.337 * ones[a0])^2)) > 0.0193 then sqrt((x24[+a0] / (1.1 + (1.337 * ones[a0])^2))) else grad((v45: []) => v45)(f64(v33))) - ((v33[+a0, +a2] @[a2] x24[+a0, +a2]) / #a2))[a0: a0((1) mod #a0)]
  (r0: f64(y41[+a2, +a3, +a4]), r1: a4((2 + 1 * a0 + 1 * a3 + 1 * a4) mod #a4))
}
experiment e() {
  let d0: f64[] = load("d0.npy")
  let d1: a1[a4] = load("d1_below7.npy")
  let d2: a2[a3] = load("d2_below63.npy")
  let net = Main[]
  print(net(d0, d1, d2))
  print(grad((v: f64[]) => mean(tanh(net(v, d1, d2).r0)))(d0))
}

