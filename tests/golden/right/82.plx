// --precision f64
use nn
axis a0 = 4
axis a1 = 8
axis a2 = (a2_0, a2_1, a2_2, a2_3)
axis a3 = #a1
block B0(x1: [a0, a1]) -> [] {
  var s2 = tanh((mean[a0](x1) * tanh(0.737)))
  let y3 = for i4 in a2 {
    let (y6, t7) = vjp((v9: [a2]) => (1.837 * ones[a3]), tanh(grad((v5: [a1]) => 1.337)(s2)[a1: argmin[a1](s2[+a2] + 0.0113 * real(a1))]))
    let u8 = t7(sin(real(2 + 1 * a3)))
    s2 = tanh((tanh(real((2 + 2 * a1 + 3 * a3)))[a1: int(a3)] @[a3] tanh((max(0.0171 + s2[+a2], sin(real(0 + 3 * a1 + 2 * a2))) @[a2] (y6[+a2] * sin(real(2 + 2 * a2 + 2 * a3)))))))
    yield tanh(((cos(u8) @[a2] tanh((u8[+a0] + (1.037 * ones[a0, a2])))) @[a0] tanh((sum[a2 where ((0 + 2 * a0 + 1 * a1 + 2 * a2) mod 3 < 1)](x1[+a2]) - ((1.737 * ones[a3]) @[a3] y6)))))
  }
  var s10 = atan((s2 - sin(real(2 + 3 * a1))))
  for i11 in a3 {
    var s12 = 1.637
    var n13 = 0
    while n13 < 1 and s12 < 0.8537 {
      s12 = s12
      n13 = n13 + 1
    }
    s10 = s10
    if (not ((2) mod 3 < 2)) { break }
  }
  0 * sum(x1) + 1.737
}
block B14[k15](x16: [a0, k15], x17: []) -> [a2] {
  param w18: [a3] = 0.3 * normal[a3]
  param w19: [a1] = 0.3 * normal[a1]
  let net20 = B0[]
  let (y21, t22) = linearize((v24: []) => min(0.0171 + (w18[+a0][a3: (1 + 2 * a1) else 0.337] * cummax[a0](sin(real(2 + 1 * a0 + 3 * a1)) + 0.0113 * real(a0))), real(int(((0 + 3 * a0 + 2 * a1) mod 3 < 1)))), asin(0.8 * tanh(mean[a3](w18))))
  let u23 = t22((x17 / (1.1 + sum[a3](x17[+a3])^2)))
  real((2 + 2 * a2))
}
block Main(x25: f64[a1], x26: f64[]) -> (r0: f64[a1, a2], r1: f64[a1, a2, a3], r2: bool[a0, a2]) {
  param w27: [a2] = uniform[a2]
  let v30 = (grad((v28: [a1]) => v28[a1: 3])(f64((0.537 * ones[a1]))) - grad((v29: []) => real((1)))(f64(tanh(real((1 + 2 * a1))))))[a1 -> a3]
  let v31 = mean[a1](w27[+a0, +a1])
  let (r32, r33) = (max[a1](max(0.0171 + (0.337 * ones[a0, a1, a2]), x26[+a0, +a1, +a2]) + 0.0113 * real(a1))[a2: #a2 - 1 - a2], x25[a1 -> a3][a3: wrap(a3 - 1)])
  var s34 = f64(tanh(exp(tanh((if ((1 + 3 * a2) mod 3 < 1) then w27 else sin(real(1 + 2 * a2)))))))
  s34[a2: a2((1) mod #a2)] += f64(tanh(x26))
  var s35 = f64(tanh((if (not ((0 + 2 * a2) mod 3 < 1)) then (s34 + softmax[a2 where ((1 + 2 * a2) mod 3 < 2)](sin(real(1 + 1 * a2)))) else x26)))
  s35[a2: a2((0) mod #a2)] = f64(tanh((fix z36 = 0.4 * tanh(z36 + tanh(sum[a3](tanh(stop(v30))))) + tanh(sum[a2 where ((2 + 2 * a2) mod 2 < 2)](mean[a0](v31))) from tanh(sum[a2 where ((2 + 2 * a2) mod 2 < 2)](mean[a0](v31))) within 1e-13 at most 200)))
  let v37 = real((2 + 1 * a0 + 2 * a3))
  (r0: f64(reverse[a2]((min(0.0171 + sort[a2]((1.237 * ones[a1, a2]) + 0.0113 * real(a2)), s35[+a1]) + softmax[a1 where (x26 >= 0.037)](sin(real(0 + 1 * a1 + 1 * a2)))))), r1: f64(x25[+a2, +a3]), r2: ((0 + 1 * a0 + 3 * a2) mod 3 < 2))
}
experiment e() {
  let d0: f64[a1] = load("d0.npy")
  let d1: f64[] = load("d1.npy")
  let net = Main[]
  print(net(d0, d1))
}

