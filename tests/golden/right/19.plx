// --precision f64
use nn
axis a0 = (a0_0, a0_1, a0_2)
fn f0[k1](x2: []) -> [a0] {
  let v4 = ((checkpoint { let u3 = x2; (cumprod[a0](1.1 + 0.2 * tanh(sin(real(0 + 3 * a0 + 1 * k1)))) + u3[+a0, +k1, +k1'][k1': int(k1)]) }) + ((1.2 + tanh(softplus((x2[+a0, +k1] - (0.237 * ones[a0, k1]))))^2)^0.7))
  let v5 = exp(tanh(acos(0.7 * sin(max[k1]((x2[+a0] @[a0] x2[+a0, +k1]) + 0.0113 * real(k1))))))
  let v6 = exp((sin(real(2 + 3 * a0 + 3 * a0')) + softmax[a0 where ((0 + 1 * a0 + 1 * a0') mod 3 < 1)](x2[+a0, +a0'])))[a0': a0' + 2 * k1' - #k1' div 2 else 1.637][a0': int(a0)]
  (erf(max(0.0171 + v5[+a0, +k1], mean[k1'](sin(real(1 + 2 * a0 + 3 * k1 + 1 * k1'))))) @[k1] sum[a0 -> k1: k1((2 + 2 * a0) mod #k1)]((tanh((x2[+k1'] * v5[+k1'])) @[k1'] sin(real(2 + 1 * a0 + 2 * k1')))))
}
block B7(x8: [a0], x9: [a0], x10: bool[a0]) -> [] {
  param w11: [a0] = ones[a0]
  param w12: [a0] = uniform[a0]
  let v14 = (checkpoint { let u13 = ((if (not x10) then w12[+a0'][a0': int(a0)] else (if ((1 + 3 * a0) mod 2 < 1) then w11 else w11)) / (1.1 + sum[a0'](((1.537 * ones[a0']) + (1.137 * ones[a0'])))^2)); ((1.2 + log(1.3 + w12^2)[a0: wrap(a0 - 3)]^2)^0.7) })
  0 * sum(x8) + clamp(1.237, -0.713, 0.877)
}
block Main(x15: f64[a0], x16: i64[a0], x17: f64[]) -> (r0: f64[a0]) {
  param w18: [] = 0.7
  param w19: [] = 0.7
  let v21 = (atan2(x17[+a0'], (1.1 + sin(real(2 + 1 * a0'))^2))[a0' -> a0] + softmax[a0 where (not ((0 + 1 * a0) mod 2 < 2))](tanh((if (not ((0 + 3 * a0) mod 2 < 1)) then grad((v20: [a0]) => x17)(f64(x17[+a0])) else (if ((0 + 2 * a0) mod 2 < 1) then x15 else sin(real(0 + 3 * a0)))))))[a0: clamp(a0 + 1)]
  let v24 = grad((v22: []) => tanh((((tanh(grad((v23: [a0]) => v22)(f64(sin(real(1 + 2 * a0))))) @[a0] ((1.337 * ones[a0]) + softmax[a0 where ((1 + 2 * a0) mod 3 < 1)](w18[+a0]))))^2)))(f64(w19))
  let v25 = a0((0 + 1 * a0 + 2 * a0') mod #a0)
  let net26 = B7[]
  axis s27 = #a0
  (r0: f64((((if ((0 + 1 * a0') mod 3 < 2) then sin(real(0 + 2 * a0')) else w19[+a0']) - tanh(sqrt(0.2 + var[a0]((1.837 * ones[a0, a0']) + 0.717 + real(a0)))))[a0': clamp(sum[a0'](int(((0 + 1 * a0 + 2 * a0') mod 2 < 1))))] + softmax[a0 where ((2 + 2 * a0) mod 2 < 1)](sum[s27 -> a0: a0((0 + 3 * s27) mod #a0)](tanh((w19[+a0, +s27] * x17[+a0, +s27])[a0: int(s27)]))))))
}
experiment e() {
  let d0: f64[a0] = load("d0.npy")
  let d1: i64[a0] = load("d1.npy")
  let d2: f64[] = load("d2.npy")
  let net = Main[]
  print(net(d0, d1, d2))
}

