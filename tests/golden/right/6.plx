// --precision f64
use nn
axis a0 = 3
axis a1 = 3
axis a2 = 5
block B0[k1, k2](x3: [k1, k2], x4: [a1, k2], x5: [a1, k1]) -> [] {
  let v6 = max[a0](stop(x3[+a0, +a2]) + 0.0113 * real(a0))
  var s7 = tanh(atan2((x4 @[k2] x4), (1.1 + (0.537 * ones[a1])[a1: a1((0) mod #a1)]^2)))
  let y8 = for i9 in k1 {
    let v10 = sum[k1 -> a2: a2((2 + 1 * k1) mod #a2)](mean[a1](s7[+a2])[a2: int(a1((2 + 3 * k1 + 2 * k2) mod #a1)) else 0.237])[a2: wrap(a2 + 1 * k1 - #k1 div 2)]
    var s11 = asin(0.8 * tanh((if ((1 + 3 * a1 + 1 * k2) mod 3 < 2) then (0.437 * ones[a1, k2]) else x4)))
    s11[a1: a1((1) mod #a1)] += softmax[k2](tanh(grad((v12: [k2]) => s7[a1: clamp((0))])(tanh(expm1(sin(real(2 + 3 * k2)))))))
    s7 = tanh((stop((s7 - sin(real(1 + 1 * a1)))) + softmax[a1 where (s7 < 0.337)]((if (((0 + 2 * a1) mod 2 < 2) and ((2 + 2 * a1) mod 2 < 1)) then cumsum[a1](s7) else s7))))
    yield sum[a0 -> a1: a1((0 + 2 * a0) mod #a1)]((1.837 * ones[a0]))
  }
  let v13 = var[k2]((1.737 * ones[k2]))
  0 * sum(x3) + v13
}
fn f14[k15](x16: [k15], x17: [a0, a1], x18: [a1, k15]) -> [a1, a2] {
  let v19 = (int((not (not ((0 + 3 * a0 + 2 * a1 + 2 * a2) mod 3 < 2)))) div (2 + (2 + 1 * a0 + 2 * a1 + 2 * a2) mod 5))
  ((sum[a1]((clamp(sin(real(2 + 2 * a0 + 1 * a1)), -0.713, 0.877) + softmax[a1 where ((2 + 3 * a1) mod 3 < 1)](x17))) @[a0] x17[+a2]) / #a0)
}
block Main(x20: f64[], x21: a0[a0, a1], x22: a2[a0, a1]) -> (r0: f64[a1]) {
  param w23: [a0, a1] = 0.3 * normal[a0, a1]
  param w24: [a0, a2] = uniform[a0, a2]
  var s26 = f64(tanh(min[a1]((checkpoint { let u25 = x20; u25[+a1, +a2] }) + 0.0113 * real(a1))))
  s26[a2: a2(sum[a0]((1 + 1 * a0)) mod #a2)] = f64(tanh(x20))
  var s27 = f64(tanh(x20))
  var n28 = 0
  while n28 < 3 and s27 < 0.8537 {
    let v30 = (checkpoint { let u29 = s26; ((softmax[a1](u29[+a0, +a1]) - s27[+a0, +a1, +a2]) - ((x20[+a0] * x20[+a0]) * tan(tanh(w23[+a2])))) })
    s27 = f64(s27)
    n28 = n28 + 1
    if ((2) mod 3 < 2) { break }
  }
  let r32 = (h: s27, c: (sin(real(2 + 2 * a2)) @[a2] (checkpoint { let u31 = sqrt(0.2 + var[a1](sin(real(1 + 3 * a1)) + 0.717 + real(a1))); s26 })))
  let r33 = 0.7 * r32 + 0.2 * r32
  let v34 = sin(real(2 + 1 * a0 + 3 * a1 + 1 * a2))
  (r0: f64(sum[a0 -> a1: a1(int((r32.h[+a0] >= 1.437)) mod #a1)](tanh(((mean[a1](asin(0.8 * tanh(s26[+a0, +a1]))) @[a2] max[a0 where ((2 + 3 * a2) mod 2 < 2) else 1.437](r32.h[+a0, +a2] + 0.0113 * real(a0))) / #a2)))))
}
experiment e() {
  let d0: f64[] = load("d0.npy")
  let d1: a0[a0, a1] = load("d1_below3.npy")
  let d2: a2[a0, a1] = load("d2_below5.npy")
  let net = Main[]
  print(net(d0, d1, d2))
  let slope = grad((m) => mean(tanh(m(d0, d1, d2).r0)))(net)
  print(norm(slope))
  print(grad((v: f64[]) => mean(tanh(net(v, d1, d2).r0)))(d0))
}

