// --precision f64
use nn
axis a0 = 4
axis a1 = #a0
axis a2 = 5
axis a3 = 2
axis a4 = #a0
block B0[k1](x2: []) -> [a0] {
  let v5 = asin(0.8 * tanh(grad((v3: []) => (x2 + grad((v4: []) => v4)(x2)))(tanh(min[k1]((0.037 * ones[k1])[k1: #k1 - 1 - k1] + 0.0113 * real(k1))))))
  let h6 = jacobian[a4 -> a0]((v7: [a4]) => (one_hot[a3](a3((2) mod #a3)) @[a3] (x2[+a3] * x2)))(tanh(mean[a0]((x2[+a0, +a4] - v5[+a0, +a4]))))
  one_hot[a0](a0((2) mod #a0))
}
block Main(x8: f64[], x9: f64[], x10: bool[]) -> (r0: f64[a1, a4], r1: f64[]) {
  param w11: [] = 0.7
  param w12: [] = 0.7
  var s13 = f64(tanh(sum[a2 -> a1: a1((1 + 2 * a2) mod #a1)](max(0.0171 + w11[+a0, +a2], (1.637 * ones[a0, a2])))))
  for i14 in a1 {
    let v15 = sum[a0](sum[a3 -> a0: argmax[a0]((if x10[+a0, +a3] then w11[+a0, +a3] else w11[+a0, +a3]) + 0.0113 * real(a0))](sin(real(2 + 3 * a0 + 3 * a3 + 1 * a4))[a0: int(a4)]))
    s13[a1: a1((1) mod #a1)] += f64(tanh(logsumexp[a3](sum[a1 where x10[+a0, +a1, +a3]](x8[+a0, +a1, +a3]))))
  }
  var s19 = f64((fix z18 = 0.4 * tanh(z18 + tanh(cummax[a3]((1.437 * ones[a3]) + 0.0113 * real(a3)))) + tanh(grad((v17: [a3]) => w12)(f64((0.537 * ones[a3])))) from tanh(grad((v17: [a3]) => w12)(f64((0.537 * ones[a3])))) within 1e-13 at most 200))
  s19[a3: a3((0) mod #a3)] = f64(tanh(logsumexp[a3](real(count_true[a2](x10[+a2, +a3])))))
  let v20 = x8[+a3, +a4]
  let net21 = B0[a3]
  var s22 = f64(tanh((w12 / (1.1 + erfc(w11)^2))))
  var n23 = 0
  while n23 < 2 and s22 < 0.8537 {
    s22 = f64(tanh(((s13[a0: 3, a1: 0])^3)))
    n23 = n23 + 1
  }
  let y24 = for i25 in a0 {
    let (y26, t27) = jvp((v29: [a1]) => s13[a0: 1, a1: 3], f64(tanh((sum[a2]((s22[+a3] @[a3] x9[+a1, +a2, +a3])) / #a2))), f64(((1.3 + (w12[+a1] * x8[+a1])^2)^(-1.5))))
    yield f64((checkpoint { let u30 = (net21(f64(w11)) - (tanh(t27[+a0, +a3]) @[a3] s19[+a0])); (sum[a4](s19[+a4]) / (1.1 + stop(sin(real(2 + 3 * a3)))^2)) }))
  }
  (r0: f64(min(0.0171 + s22[+a1, +a4], (x9[+a3] @[a3] tanh((x8[+a3, +a4] - ((w11[+a2, +a4] @[a2] v20[+a2]) / #a2)))))), r1: f64(exp(tanh((sum[a4 where ((2 + 3 * a4) mod 2 < 1)]((softmax[a4](sin(real(2 + 3 * a4))) * grad((v31: []) => s22)(f64(w12[+a4])))) / #a4)))))
}
experiment e() {
  let d0: f64[] = load("d0.npy")
  let d1: f64[] = load("d1.npy")
  let d2: bool[] = load("d2.npy")
  let net = Main[]
  print(net(d0, d1, d2))
  let slope = grad((m) => mean(tanh(m(d0, d1, d2).r0)))(net)
  print(norm(slope))
  print(grad((v: f64[]) => mean(tanh(net(v, d1, d2).r0)))(d0))
}

