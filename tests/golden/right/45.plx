// --precision f64
use nn
axis a0 = 3
axis a1 = 2
axis a2 = 1
axis a3 = 5
axis a4 = 17
fn f0(x1: [a2], x2: [a0, a1], x3: [a0, a3]) -> [a3, a4] {
  sum[a2 -> a4: a4((0 + 1 * a2) mod #a4)](cummax[a2](x1[+a3] + 0.0113 * real(a2)))
}
fn f4[k5, k6](x7: [a0, a1], x8: [], x9: [k6]) -> [a2] {
  let v10 = softmax[a3](softmax[a2](expm1(cummax[a2](sin(real(1 + 2 * a2 + 1 * a3)) + 0.0113 * real(a2)))))
  let v11 = argsort[k6](logsumexp[a3](tanh(sqrt(0.4 + sinh(v10[+a0, +k6])^2))) + 0.0113 * real(k6))
  rsqrt(0.6 + log1p(log(1.3 + x8[+a2']^2)^2)[a2' -> a2]^2)
}
block Main(x12: f32[], x13: f64[a4], x14: bool[a2, a4]) -> (r0: f64[a1, a2, a4]) {
  param w15: [] = 0.7
  param w16: [a0, a1] = uniform[a0, a1]
  let h17 = jacobian[a1 -> a1']((v18: [a1]) => w16[a0: 0, a1: 1])(f64(tanh((x12[+a1, +a1'] + softmax[a1' where ((1 + 3 * a1 + 1 * a1') mod 2 < 2)](w15[+a1, +a1']))[a1': int(a1)])))
  let v20 = (tanh((w16[+a1'] * expm1(tanh((h17 - w16[+a1']))))) @[a0] tanh((grad((v19: [a0, a3]) => x12[+a1][a1: wrap((2))])(f64(((x13[+a3] @[a4] sin(real(1 + 3 * a0 + 1 * a3 + 3 * a4))) / #a4))) * (w15[+a0, +a3] + (1.837 * ones[a0, a3])))))
  let (y22, t23) = vjp((v25: [a0]) => f4[a1, a1](f64((checkpoint { let u26 = log1p(sin(real(2 + 3 * a2 + 3 * a4))^2); (sin(real(2 + 2 * a0 + 1 * a1 + 3 * a2)) @[a2] x12[+a0, +a2]) })), f64(mean[a0](v25)), f64(tanh(h17[+a1]))), f64(tanh(((sin(real(2 + 1 * a1')) @[a1'] tanh(h17[+a0])) + sqrt(0.2 + var[a2](w15[+a0, +a2] + 0.717 + real(a2)))))))
  let u24 = t23(f64(tanh((f4[a0, a1](f64(tanh(h17[+a0, +a1])), f64(w15), f64((0.037 * ones[a1, a1']))) * relu(0.137 + h17[+a2])))))
  let v27 = (((1.3 + sum[a2]((x12[+a2] * w15[+a2]))^2)^(-1.5)) * (tanh(((w15[+a1] @[a1] (0.637 * ones[a1, a2])) * ((0.137 * ones[a2]) - x12[+a2]))) @[a2] x12[+a2]))
  var s28 = f64(tanh((f4[a1, a1](f64(tanh(u24[+a1])), f64(w15), f64(x12[+a1])) @[a2] acos(0.7 * sin(v27[+a2, +a3])))))
  for i29 in 0..0 {
    var s30 = f64(tanh((if (((1 + 3 * a3) mod 2 < 2) and ((1 + 3 * a3) mod 2 < 1)) then expm1(s28) else max(0.0171 + v27[+a3], x12[+a3]))))
    if (((1) mod 3 < 1) or (not (w15 < 1.637))) {
      s30 = f64(sin(real(0 + 3 * a3)))
    }
    s28 = f64(s28)
    if any[a1](((2 + 2 * a1) mod 2 < 1)) { break }
  }
  (r0: f64(x12[+a1, +a2, +a4]))
}
experiment e() {
  let d0: f32[] = load("d0.npy")
  let d1: f64[a4] = load("d1.npy")
  let d2: bool[a2, a4] = load("d2.npy")
  let net = Main[]
  print(net(d0, d1, d2))
  let slope = grad((m) => mean(tanh(m(d0, d1, d2).r0)))(net)
  print(norm(slope))
  print(grad((v: f32[]) => mean(tanh(net(v, d1, d2).r0)))(d0))
}

