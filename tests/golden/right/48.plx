// --precision f64
use nn
axis a0 = (a0_0, a0_1)
axis a1 = 3
axis a2 = (a2_0, a2_1, a2_2)
axis a3 = 3
axis a4 = #a3 * #a2
fn f0[k1, k2, k3](x4: [], x5: i64[k2], x6: []) -> [] {
  let (y8, g9) = value_and_grad((v10: [a2, k2]) => (softmax[k1](sort[k1](x4[+k1] + 0.0113 * real(k1))) @[k1] tanh(norm[a3](sum[a0 -> k1: k1((2 + 1 * a0) mod #k1)](x6[+a0, +a3]) + 0.717 + real(a3)))))(tanh(mean[a0](x4[+a0, +a2, +k2])))
  x4
}
block B11[k12](x13: [a3, a4]) -> [a1] {
  var s14 = tanh(expm1((if ((1) mod 2 < 2) then 1.837 else 0.437)))
  for i15 in a3 {
    var s16 = tanh((cos((1.837 * ones[k12])) - (1.737 * ones[k12])))
    s16[k12: k12((2) mod #k12)] += tanh(((1.2 + s14^2)^0.7))
    s14 = tanh(f0[a3, a0, a4](tanh(sum[a1](s16[k12: wrap((1 + 3 * a1))])), (1 + 1 * a0), tanh(stop((s14 + s14)))))
  }
  let v17 = (if (rsqrt(0.6 + (sin(real(0 + 3 * a3)) + s14)^2) >= 1.637) then (tanh(sum[a4 -> a2: a2((0 + 1 * a4) mod #a2)](s14[+a0, +a4, +a2'])[a2': int(a2)]) @[a2] tanh(((s14[+a2, +a2'] + s14[+a2']) @[a2'] (sin(real(1 + 3 * a2 + 3 * a3 + 2 * a2')) + sin(real(1 + 1 * a2 + 1 * a3 + 3 * a2')))))) else max[a2](sin(f0[a3, a3, a3](s14[+a2], (0 + 1 * a2 + 2 * a3), s14)) + 0.0113 * real(a2)))
  var s19 = tanh(grad((v18: [a2]) => s14)(s14[+a2]))
  for i20 in a1 {
    s19 = (1.737 * ones[a2])
  }
  s14[+a1]
}
block Main(x21: f64[], x22: a4[a2, a4], x23: f64[]) -> (r0: f64[a4], r1: f64[a3], r2: f64[a1]) {
  param w24: [] = 0.7
  let v28 = grad((v26: [a3]) => (f0[a0, a3, a0](f64(tanh(grad((v27: []) => w24)(f64(w24)))), int(a0((0 + 2 * a3) mod #a0)), f64(tanh((v26 @[a3] x21[+a3])))) * erf(x21)))(f64((checkpoint { let u25 = (cumprod[a4](1.1 + 0.2 * tanh(x21[+a2, +a4])) - ((1.737 * ones[a4]) * x21[+a2, +a4])); ((if ((2 + 2 * a3) mod 3 < 2) then w24[+a3] else x23[+a3]) / (1.1 + (sin(real(2 + 1 * a3)) + (1.537 * ones[a3]))^2)) })))
  var s29 = f64(tanh((x23[+a4][a4: wrap((1 + 2 * a3))] - (1.737 * ones[a3]))))
  for i30 in 0..0 {
    s29 = f64(tanh((min[a0]((x23[+a0] + softmax[a0 where ((0 + 3 * a0) mod 2 < 1)]((0.337 * ones[a0]))) + 0.0113 * real(a0)) - min[a4 -> a3: argmax[a3](sin(real(0 + 2 * a3 + 3 * a4)) + 0.0113 * real(a3)) else 0.237](sin(real(1 + 1 * a4 + 1 * a4'))[a4': int(a4)]))))
  }
  let v32 = (((v28[+a0] / (1.1 + (if ((1) mod 2 < 2) then x21 else x21)^2)) + softmax[a3 where ((1 + 1 * a0 + 2 * a3) mod 2 < 1)](tanh(sort[a0](log1p(x21[+a0, +a3]^2) + 0.0113 * real(a0))))) + softmax[a3 where ((1 + 1 * a3) mod 3 < 1)](real(int(a4((0 + 2 * a0 + 3 * a3) mod #a4)))))
  let v33 = ((2 + 1 * a3 + 3 * a4) mod 3 < 2)
  var s35 = f64(tanh(grad((v34: [a3, a4]) => erf(w24))(f64((if ((0 + 3 * a3 + 2 * a4) mod 2 < 1) then x21[+a3, +a4] else w24)))))
  s35[a4: a4((1) mod #a4)] = f64(tanh(((if (checkpoint { let u36 = sin(real(1 + 3 * a1 + 3 * a4)); x21[+a3] }) > 0.0193 then sqrt((checkpoint { let u36 = sin(real(1 + 3 * a1 + 3 * a4)); x21[+a3] })) else f0[a2, a0, a0](f64(x23), (0 + 2 * a0 + 1 * a3), f64(tanh(v28)))) - (x21[+a3'][a3' -> a3] * min[a1]((1.637 * ones[a1, a3]) + 0.0113 * real(a1))))))
  let v38 = min[a4 -> a0: argmax[a0](w24[+a0, +a4] + 0.0113 * real(a0)) else 1.737](tanh((grad((v37: [a2]) => x23)(f64(sin(real(2 + 2 * a2 + 1 * a4)))) + softmax[a4 where ((1 + 2 * a2 + 3 * a4) mod 3 < 1)](cumsum[a2](w24[+a2, +a4])))))[a0: #a0 - 1 - a0]
  (r0: f64(x23[+a4]), r1: f64(sin(real(1 + 3 * a3))), r2: f64(x23[+a1]))
}
experiment e() {
  let d0: f64[] = load("d0.npy")
  let d1: a4[a2, a4] = load("d1_below9.npy")
  let d2: f64[] = load("d2.npy")
  let net = Main[]
  print(net(d0, d1, d2))
}

