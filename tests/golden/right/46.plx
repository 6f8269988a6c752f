// --precision f64
use nn
axis a0 = 33
axis a1 = 5
axis a2 = 1
axis a3 = 9
axis a4 = 4
block B0(x1: [a2, a4], x2: [], x3: []) -> [] {
  let v4 = a4((1 + 3 * a1 + 1 * a3 + 2 * a4) mod #a4)
  let v6 = (tanh((sum[a3](x2[+a4][a4: wrap((0 + 2 * a2 + 3 * a3))]) + tanh(((reverse[a2](x2[+a2]))^2)))) @[a2] tanh(grad((v5: [a0]) => v5[a0: 8])((if ((2) mod 2 < 2) then x2[+a0, +a2, +a3] else x2[+a3])))[a2: wrap(a2 - 3)])
  var s7 = tanh(log(1.3 + (x3 + x3[+a0, +a1])^2))
  s7[a0: a0((2) mod #a0)] = tanh(expm1(tanh((if any[a4](((2 + 2 * a1 + 2 * a4) mod 2 < 2)) then grad((v8: [a1]) => x3)(x2[+a1]) else sin(x2[+a1])))))
  erfc(x3)
}
block Main(x9: f32[a1, a4], x10: bool[a3], x11: f64[a4]) -> (r0: f64[a1, a3, a4]) {
  param w12: [a2, a3] = ones[a2, a3]
  param w13: [a3] = ones[a3]
  var s14 = f64(0.437)
  var n15 = 0
  while n15 < 5 and s14 < 0.8537 {
    let v16 = (sum[a2]((sum[a4](n15[+a2, +a4]) mod (2 + (n15[+a2] + (2)) mod 5))) * (2))
    s14 = f64(tanh(acos(0.7 * sin((sign(0.0137 + s14) * max[a3](s14[+a3] + 0.0113 * real(a3)))))))
    n15 = n15 + 1
  }
  let v18 = a1((1 + 3 * a0 + 3 * a2) mod #a1)
  let n19 = permutation[a3]
  var s20 = f64(tanh(expm1(prod[a2 -> a3: a3((1 + 1 * a2) mod #a3)](1.1 + (0.4 * tanh(s14[+a2]))))))
  if ((0) mod 2 < 2) {
    s20 = f64(tanh(real((1 + 2 * a3))))
  }
  let net21 = B0[]
  let (r22, r23) = ((tanh(mean[a0]((x11[+a0, +a2] @[a2] s14[+a1, +a2]))) @[a1] ((s14[+a0, +a1] + s14[+a0, +a1]) + rsqrt(0.6 + s14[+a0]^2))), cumprod[a2](1.1 + 0.2 * tanh(tanh((s14[+a1] @[a1] x11[+a1, +a2, +a2']))))[a2': int(a2)])
  (r0: f64((if (grad((v24: [a1, a3, a4]) => (if ((1) mod 2 < 2) then s14 else s14))(f64(tanh((s14[+a1, +a3, +a4] - (1.837 * ones[a1, a3, a4]))))) >= 0.837) then (0.337 * ones[a1, a3, a4]) else tanh(((sum[a2' -> a3: a3(n15[+a2'] mod #a3)](tanh(((1.2 + (1.737 * ones[a1, a4, a2'])^2)^0.7))))^2)))))
}
experiment e() {
  let d0: f32[a1, a4] = load("d0.npy")
  let d1: bool[a3] = load("d1.npy")
  let d2: f64[a4] = load("d2.npy")
  let net = Main[]
  print(net(d0, d1, d2))
}

