// --precision f64
use nn
axis a0 = 2
axis a1 = 1
axis a2 = (a2_0, a2_1, a2_2, a2_3)
axis a3 = 5
axis a4 = 8
block B0[k1](x2: [a0]) -> [a1, k1] {
  param w3: [a4] = 0.3 * normal[a4]
  let v4 = ((0.237 * ones[a3]) + norm[a0]((0.837 * ones[a1, a3, k1', a0'])[a0' -> a0][k1' -> k1] + 0.717 + real(a0)))
  let n5 = categorical[a0'](x2[+a0'])
  let v6 = x2[+k1']
  grad((v7: [a1, k1]) => 1.137)(tanh((if (0.637 * ones[a1, k1]) > 0.0193 then sqrt((0.637 * ones[a1, k1])) else real(((2 + 2 * k1) mod (2 + (0 + 3 * k1) mod 5))))))
}
block Main(x8: f64[]) -> (r0: f64[], r1: f64[a3]) {
  let (y9, t10) = jvp((v12: [a1, a2]) => (sum[a0 -> a2: a2((1 + 2 * a0) mod #a2)](erf(x8[+a0, +a4])) + (checkpoint { let u13 = (if ((2) mod 3 < 1) then x8 else x8); u13[+a4][a4: a4 + 2 * a2 - #a2 div 2 else 0.237] })), f64(tanh((var[a0](x8[+a0, +a1, +a2]) / (1.1 + sum[a3](x8[+a1, +a3])^2)))), f64(x8[+a1, +a2]))
  let v14 = a4(int(((1 + 2 * a2 + 1 * a4) mod 3 < 1)) mod #a4)
  let v16 = (fix z15 = 0.4 * tanh(z15 + tanh(real(int(a4((1 + 1 * a2) mod #a4))))) + tanh((if all[a4](all[a0](((1 + 1 * a0 + 3 * a2 + 3 * a4) mod 2 < 2))) then sum[a1]((x8[+a1, +a2] - (0.837 * ones[a1, a2]))) else (if any[a4](((2 + 1 * a2 + 3 * a4) mod 3 < 1)) then max[a3](x8[+a2, +a3] + 0.0113 * real(a3)) else t10[a2: 0, a4: 3]))) from tanh((if all[a4](all[a0](((1 + 1 * a0 + 3 * a2 + 3 * a4) mod 2 < 2))) then sum[a1]((x8[+a1, +a2] - (0.837 * ones[a1, a2]))) else (if any[a4](((2 + 1 * a2 + 3 * a4) mod 3 < 1)) then max[a3](x8[+a2, +a3] + 0.0113 * real(a3)) else t10[a2: 0, a4: 3]))) within 1e-13 at most 200)
  let v17 = (1)
  let n18 = normal[a1, a2]
  var s19 = f64(tanh((x8[+a3] / (1.1 + (x8 * x8)^2))))
  let y20 = for i21 in a4 {
    let v23 = erfc(tanh(((if any[a0](((2 + 2 * a0 + 1 * a3) mod 3 < 1)) then x8[+a4, +a3'][a3' -> a3] else mean[a2](y9)) + ((1.3 + tanh(grad((v22: [a3, a4]) => x8)(f64(s19[+a4])))^2)^(-1.5)))))
    let v24 = (x8[+a3'] * sort[a3'](tanh(((x8[+a3, +a3'][a3': int(a3)] @[a3] (x8[+a3, +a3'] * x8[+a3, +a3'])) / #a3)) + 0.0113 * real(a3')))
    s19 = f64(tanh(grad((v25: [a3]) => x8)(f64(tanh(sort[a3](reverse[a3](x8[+a3]) + 0.0113 * real(a3)))))))
    yield f64(s19)
  }
  (r0: f64(x8), r1: f64(grad((v28: [a3]) => x8)(f64((checkpoint { let u27 = (fix z26 = 0.4 * tanh(z26 + tanh(x8[+a1][a1: a1((1) mod #a1)])) + v16[+a1] from v16[+a1] within 1e-13 at most 200); x8[+a3] })))))
}
experiment e() {
  let d0: f64[] = load("d0.npy")
  let net = Main[]
  print(net(d0))
}

