// --precision f64
use nn
axis a0 = 5
axis a1 = 3
axis a2 = 33
axis a3 = 9
axis a4 = #a1
block B0[k1, k2, k3](x4: [a2, a4], x5: [a1, a2]) -> [] {
  let v6 = (if ((0) mod 2 < 2) then 1.237 else 0.837)
  var s8 = tanh(grad((v7: [k1, k3]) => cosh(v6))(tanh((v6[+k1, +k3] + v6[+k1, +k3]))))
  if (not ((2) mod 3 < 1)) {
    var s9 = tanh(((0.337 * ones[a2, k2]) * v6[+a2, +k2])[k2: clamp(k2 + 3)])
    if (mean[a1, a2](x5) >= 0.537) {
      s9 = tanh(max(0.0171 + (sum[a2](v6[+a2, +k2]) / #a2), s9))
    }     else {
      s9 = v6[+a2, +k2]
    }
    let (r10, r11) = (mean[k3]((v6[+k3][k3: k3 - 3 else 0.137] / (1.1 + (-(0.037 * ones[k3]))^2))), mean[k3]((1.537 * ones[k3])))
    s8 = tanh(log(1.3 + (if ((1 + 2 * k1 + 1 * k3) mod 2 < 1) then grad((v12: [k1, k3]) => v6)(s8) else max(0.0171 + r11[+k1, +k3], r10[+k1, +k3]))^2))
  }   else {
    s8 = tanh(max(0.0171 + v6[+k1, +k3], s8))
  }
  0 * sum(x4) + v6
}
block B13(x14: [a0, a1]) -> [a2] {
  param w15: [a4] = ones[a4]
  param w16: [] = 0.7
  let net17 = B0[a4, a3, a0]
  var s18 = tanh(max(0.0171 + sinh(tanh(w16[+a3])), w16[+a4][a4: (0 + 1 * a3) else 1.137]))
  s18[a3: a3((1) mod #a3)] += tanh((w16 * (tanh(sum[a0 -> a4: a4((2 + 3 * a0) mod #a4)](w16[+a0])) @[a4] tanh(norm[a3]((0.537 * ones[a3, a4]) + 0.717 + real(a3))))))
  cummax[a2]((fix z20 = 0.4 * tanh(z20 + sin(real(0 + 1 * a2))) + tanh(grad((v19: [a2]) => abs(0.0713 + w16))(tanh(logsumexp[a1](w16[+a1, +a2])))) from tanh(grad((v19: [a2]) => abs(0.0713 + w16))(tanh(logsumexp[a1](w16[+a1, +a2])))) within 1e-13 at most 200) + 0.0113 * real(a2))
}
block B21[k22](x23: []) -> [] {
  var s24 = tanh((rsqrt(0.6 + x23[+a3]^2) + ((0.437 * ones[a4]) @[a4] x23[+a3, +a4])))
  s24[a3: a3((1) mod #a3)] = tanh(x23)
  let (y25, t26) = vjp((v28: [a0, a2]) => (if ((1 + 1 * a4 + 3 * k22) mod 3 < 1) then (checkpoint { let u29 = mean[a0](v28); (x23[+a4, +k22] + x23[+a4, +k22]) }) else grad((v30: [a4]) => (x23 * x23))(x23[+a4])), tanh(expm1(tanh(sort[a2](x23[+a0, +a2] + 0.0113 * real(a2))))))
  let u27 = t26(tanh(min[a2](x23[+a4, +k22][a4: clamp(a4 + 1 * a2 - #a2 div 2)] + 0.0113 * real(a2))))
  sum[a0]((tanh(mean[a4](y25)) @[k22] tanh(((-x23[+a0, +k22]) * (x23[+a0, +k22] * x23[+a0, +k22])))))
}
block Main(x31: f32[a2, a3], x32: f64[a4]) -> (r0: f64[a1, a3]) {
  let v33 = (1 + 2 * a4)
  let v34 = a0(int((not (not ((2) mod 2 < 1)))) mod #a0)
  let v36 = grad((v35: [a4]) => 0.237)(f64(tanh(sum[a3 -> a4: a4((0 + 2 * a3) mod #a4)](tanh(((log1p((1.337 * ones[a0])^2) @[a0] sin(real(0 + 1 * a0 + 1 * a3))) / #a0))))))
  var s37 = f64(tanh((softmax[a3](sin(real(2 + 3 * a3))) @[a3] (1.737 * ones[a3, a3'])[a3': int(a3)])))
  var n38 = 0
  while n38 < 3 and s37 < 0.8537 {
    let y39 = for i40 in a2 {
      yield f64(tanh(sum[a1 where (((1 + 2 * a1 + 3 * a3') mod 2 < 1) and ((1 + 2 * a1 + 1 * a3') mod 2 < 2))](sum[a0](min[a3 -> a0: a0((1 + 2 * a3) mod #a0) else 0.237](s37[+a1, +a3, +a3'])))))
    }
    s37 = f64(tanh(((tanh(grad((v41: [a4]) => s37)(f64(s37[+a4]))) @[a4] expm1(sin(real(1 + 1 * a4)))) + ((s37 - s37) + max[a2 where ((2) mod 2 < 2) else 1.037](s37[+a2] + 0.0113 * real(a2))))))
    n38 = n38 + 1
    if ((2) mod 2 < 1) { break }
  }
  let n42 = permutation[a3]
  (r0: f64(s37[+a1, +a3]))
}
experiment e() {
  let d0: f32[a2, a3] = load("d0.npy")
  let d1: f64[a4] = load("d1.npy")
  let net = Main[]
  print(net(d0, d1))
}

