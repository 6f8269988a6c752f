// --precision f64
use nn
axis a0 = 9
axis a1 = 3
axis a2 = 5
axis a3 = #a0 + #a2
block B0[k1, k2](x3: [a3]) -> [a0, a2] {
  param w4: [] = 0.7
  let v5 = sum[k1](sum[k2](((1 + 1 * a1 + 3 * k1 + 3 * k2) * (2 + 2 * a1 + 1 * k1 + 1 * k2))))
  let v6 = ((2) div (2 + int(a2((1) mod #a2)) mod 5))
  let v7 = k1((0 + 3 * a2 + 1 * k1 + 2 * k2) mod #k1)
  min(0.0171 + sin(real(0 + 1 * k2))[k2: k2(v6[+a1, +a2] mod #k2)][a1: wrap(v6[+a0])], (sigmoid(sin(real(1 + 2 * a2 + 2 * k1)))[k1: clamp(k1 + 2 * a0 - #a0 div 2)] @[k1] tanh((if (((1 + 2 * a0 + 2 * k1) mod 2 < 1) or ((2 + 1 * a0 + 1 * k1) mod 3 < 1)) then sum[a2 -> a0: a0((0 + 3 * a2) mod #a0)](w4[+a2, +k1]) else rsqrt(0.6 + w4[+a0, +k1]^2)))))
}
block B8(x9: [a1], x10: [], x11: [a2, a3]) -> [a2, a3] {
  param w12: [a2] = 0.3 * normal[a2]
  let v13 = concat[a0, a2 -> a3](erf(x10[+a0'][a0' -> a0]), ((tanh((sum[a2](w12[+a0']) * x10[+a0'])) @[a0'] (if ((1 + 2 * a2 + 3 * a0') mod 2 < 1) then (w12[+a0'] * x10) else erfc(w12[+a0']))) / #a0'))
  let v14 = a3(sum[a1](count_true[a0]((((0 + 1 * a0 + 1 * a1 + 3 * a0') mod 3 < 1) and ((0 + 1 * a0 + 2 * a1) mod 3 < 1)))) mod #a3)
  var s15 = tanh(x10[+a0])
  for i16 in a0 {
    let (y17, g18) = value_and_grad((v19: [a0']) => sigmoid((x10 - sinh(tanh(x10)))))(tanh((sum[a1 -> a0': a0'((1 + 3 * a1) mod #a0')](x9) / (1.1 + x10[+a0']^2))))
    s15[a0: i16] += tanh(mean[a0 where (((2 + 3 * a0) mod 2 < 2) and ((0 + 1 * a0) mod 2 < 1)) else 0.437](((w12[+a3][a3: a3((2 + 3 * a0) mod #a3)] @[a2] x11[a3: 4]) / #a2)))
  }
  ((sin(real(0 + 1 * a1 + 2 * a2)) + x10[+a1]) @[a1] (0.637 * ones[a1, a2, a3]))
}
block Main(x20: f64[a1], x21: f64[], x22: bool[]) -> (r0: f64[a0, a2, a3]) {
  let (r23, r24) = (cosh(tanh(x21)), mean[a1](x20))
  var s25 = f64(tanh((sin(real(1 + 3 * a2)) @[a2] x21[+a0, +a2])[a0: clamp((0))]))
  if (((if s25 > 0.0193 then sqrt(s25) else r24) + r24) >= 0.437) {
    s25 = f64(tanh((x21 * stop(real((2))))))
  }
  let net27 = B0[a1, a2]
  var s28 = f64(tanh(max[a3 where ((0 + 2 * a0 + 2 * a3) mod 2 < 1) else 0.237]((s25 - x21[+a0, +a3]) + 0.0113 * real(a3))))
  var n29 = 0
  while n29 < 1 and (atan2(r24, (1.1 + x21^2)) >= 0.437) {
    let v30 = x22
    let v31 = tanh((sum[a1 -> a2: a2((0 + 3 * a1) mod #a2)](clamp((x21[+a1, +a3] * (0.037 * ones[a1])), -0.713, 0.877)) - (tanh((if x22[+a2, +a3] then r23[+a2, +a3] else r23)) - norm[a1](softmax[a2](sin(real(2 + 1 * a1 + 3 * a2))) + 0.717 + real(a1)))))
    s28 = f64(s28)
    n29 = n29 + 1
  }
  let n32 = normal
  (r0: f64(mean[a1 where (not (not x22[+a0, +a1, +a2, +a3])) else 1.837](((tanh(((x21[+a0, +a2] @[a0] r23[+a0, +a1]) / #a0)) @[a2] (sin(real(0 + 1 * a2 + 1 * a3)) - x21[+a2, +a3])) - (if (x22[+a0, +a1, +a2, +a3] or x22[+a0, +a1, +a2, +a3]) then clamp(r24[+a0, +a1, +a2, +a3], -0.713, 0.877) else ((0.137 * ones[a0, a1, a2, a3]) * r24[+a0, +a1, +a2, +a3]))))))
}
experiment e() {
  let d0: f64[a1] = load("d0.npy")
  let d1: f64[] = load("d1.npy")
  let d2: bool[] = load("d2.npy")
  let net = Main[]
  print(net(d0, d1, d2))
  print(grad((v: f64[a1]) => mean(tanh(net(v, d1, d2).r0)))(d0))
}

