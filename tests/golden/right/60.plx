// --precision f64
use nn
axis a0 = 3
axis a1 = #a0
axis a2 = #a1
axis a3 = #a2
block B0(x1: [a0, a1], x2: [a0]) -> [] {
  let v4 = (fix z3 = 0.4 * tanh(z3 + tanh((sum[a0]((sum[a1](x1[+a2, +a3]) + sum[a1 -> a2: a2((0 + 2 * a1) mod #a2)]((1.737 * ones[a0, a1, a3])))) / #a0))) + (sin(real(1 + 1 * a2 + 3 * a3)) * (if ((2 + 1 * a2) mod 2 < 1) then log(1.3 + (1.737 * ones[a2])^2) else mean[a1 where ((0) mod 3 < 1) else 1.237]((1.637 * ones[a1, a2])))) from (sin(real(1 + 1 * a2 + 3 * a3)) * (if ((2 + 1 * a2) mod 2 < 1) then log(1.3 + (1.737 * ones[a2])^2) else mean[a1 where ((0) mod 3 < 1) else 1.237]((1.637 * ones[a1, a2])))) within 1e-13 at most 200)
  let (y5, g6) = value_and_grad((v7: [a1]) => softplus((cosh(1.037) + (0.637 + 0.837))))(x1[a0: 2])
  sum[a1](max(0.0171 + (erfc(tanh(y5[+a1])) + sum[a2](tanh(y5[+a1, +a2]))), sin(real(0 + 2 * a1))))
}
fn f8[k9, k10, k11](x12: [a3, k9], x13: [], x14: [a2, k9]) -> [a0, a2] {
  let v15 = sin(real(0 + 3 * a0 + 1 * a1 + 2 * a3))
  var s17 = tanh((prod[a0](1.1 + (0.4 * tanh(x13[+a0, +a2, +k10]))) @[a2] tanh(grad((v16: []) => v16)(x13[+a2, +k10]))))
  var n18 = 0
  while n18 < 3 and ((0) mod 2 < 1) {
    let v19 = (tanh(((tanh((x13[+a3] @[a3] x13[+a3])))^3)) * sum[k9](atan((sin(real(1 + 1 * k9)) - x13[+k9]))))
    s17 = tan(tanh((grad((v20: [k10]) => x13)(s17) + v19[+k10'][k10' -> k10])))
    n18 = n18 + 1
  }
  let r21 = (h: sum[a1 -> k9: k9((1 + 3 * a1) mod #k9)](tanh(((if ((0 + 1 * a1) mod 2 < 1) then x13[+a1] else x13[+a1]) + x13[+a1]))), c: mean[a1](stop(((1.237 * ones[a1]) - x13[+a1]))))
  let r22 = 0.7 * r21 + 0.2 * r21
  (if (not ((1 + 3 * a2 + 3 * a3) mod 2 < 2)) then real(sum[k11](n18[+a2, +a3, +k11])) else x13[+a2, +a3])[a3: clamp(count_true[k9](all[a3](((0 + 3 * a0 + 2 * a2 + 1 * a3 + 1 * k9) mod 3 < 1))))]
}
block Main(x23: f64[]) -> (r0: f64[a2], r1: i64[]) {
  param w24: [] = 0.7
  param w25: [a0, a2] = normal[a0, a2]
  let v27 = (-min(0.0171 + exp(tanh((w24[+a0] + sin(real(1 + 2 * a0))))), grad((v26: [a0]) => (w24[+a2] @[a2] (1.637 * ones[a2])))(f64(w24[+a0]))))
  var s28 = f64(tanh((exp(tanh(x23[+a1])) - sum[a0 -> a1: a1((1 + 1 * a0) mod #a1)]((1.737 * ones[a0])))))
  for i29 in a1 {
    var s30 = f64(tanh(mean[a1](s28[+a2][a1: clamp(a1 + 1 * a0 - #a0 div 2)])))
    s30[a2: a2((1) mod #a2)] = f64(tanh((((if ((2 + 3 * a0) mod 2 < 2) then sin(real(2 + 2 * a0)) else x23[+a0]) - min(0.0171 + x23, x23)) - ((x23[+a0] + w24[+a0]) / (1.1 + sum[a3 -> a0: a0((2 + 3 * a3) mod #a0)](x23[+a3])^2)))))
    let v32 = tanh(((fix z31 = 0.4 * tanh(z31 + tanh(s30[a0: 2])) + abs(0.0713 + w24[+a2]) from abs(0.0713 + w24[+a2]) within 1e-13 at most 200)[a2: a2((0 + 2 * a0 + 1 * a1 + 3 * a3) mod #a2)] * ((w24[+a2, +a3] + (0.037 * ones[a2, a3])) @[a3] tanh(((sin(real(2 + 1 * a0 + 3 * a1 + 3 * a3)))^2)))[a2: a2((0 + 1 * a3) mod #a2)]))
    s28[a1: i29] += f64(tanh((real((2 + 2 * a1))[a1: a1((1) mod #a1)] + ((if x23 > 0.0193 then sqrt(x23) else w24) - tan(tanh(w24))))))
  }
  var s33 = f64(tanh(min[a1]((if ((2 + 2 * a1) mod 2 < 2) then x23[+a1] else x23) + 0.0113 * real(a1))))
  for i34 in 0..0 {
    var s35 = f64(tanh(sum[a0 -> a3: argmin[a3](v27[+a3] + 0.0113 * real(a3))](tanh(real(i34[+a0])))))
    s35[a3: argmax[a3](sum[a0 -> a3: a3((1 + 3 * a0) mod #a3)](x23[+a0]) + 0.0113 * real(a3))] = f64(tanh(sum[a1 where (((1 + 1 * a1) mod 3 < 1) or ((0 + 1 * a1) mod 3 < 2))](one_hot[a1](a1((1) mod #a1)))))
    var s37 = f64(cos((checkpoint { let u36 = s33[+a1, +a2]; s35 })))
    for i38 in a1 {
      s37 = f64(s37[a3: a3 - 3 else 1.537])
    }
    s33 = f64(tanh(x23))
  }
  (r0: f64((0.637 * ones[a2])), r1: sum[a0](count_true[a1](((0.437 * ones[a0, a1]) >= 1.037))))
}
experiment e() {
  let d0: f64[] = load("d0.npy")
  let net = Main[]
  print(net(d0))
  let slope = grad((m) => mean(tanh(m(d0).r0)))(net)
  print(norm(slope))
  print(grad((v: f64[]) => mean(tanh(net(v).r0)))(d0))
}

