// --precision f64
use nn
axis a0 = 2
axis a1 = #a0
axis a2 = 3
axis a3 = #a1 * #a0
block B0(x1: [a1], x2: []) -> [a0, a3] {
  let v3 = x2[+a0, +a0'][a0': int(a0)]
  let n4 = bernoulli(sigmoid(mean[a3](one_hot[a3](a3((2 + 3 * a0 + 1 * a2) mod #a3)))))
  norm[a1](real(int(a2((0 + 1 * a1 + 1 * a3) mod #a2)))[a3: clamp(a3 + 1 * a0 - #a0 div 2)] + 0.717 + real(a1))
}
block Main(x5: f64[a2, a3]) -> (r0: f64[a0, a3], r1: i64[a0]) {
  let (r6, r7) = (cumprod[a3](1.1 + 0.2 * tanh(log1p(tanh(sqrt(0.4 + x5^2))^2))), (max(0.0171 + ((0.537 * ones[a2]) + (1.037 * ones[a2])), ((0.337 * ones[a2]) / (1.1 + (0.537 * ones[a2])^2))) - real(count_true[a1](((0 + 3 * a1) mod 3 < 2)))))
  var s8 = f64(tanh(min(0.0171 + 0.537, max(0.0171 + 1.437, 0.537))))
  for i9 in 0..1 {
    let v10 = tanh(((if softplus(s8[+a0, +a1])[(a1, a0) -> a3] > 0.0193 then sqrt(softplus(s8[+a0, +a1])[(a1, a0) -> a3]) else ((1.2 + s8[+a3]^2)^0.7)) * (tanh(real(sum[a0](i9[+a0, +a1, +a3]))) @[a1] tanh((tanh(var[a2](r7[+a1, +a3])) @[a3] (s8[+a1, +a3] * (1.837 * ones[a1, a3])))))))
    s8 = f64(tanh(((s8[+a3'] @[a3'] (s8[+a1, +a3'] - s8[+a1, +a3'])[a1: wrap(i9)]) / #a3')))
  }
  let v12 = tanh((((if (r7[+a3] - r7) > 0.0193 then sqrt((r7[+a3] - r7)) else (sin(real(2 + 1 * a2 + 1 * a3)) + r6))[a3 -> (a1, a0)] @[a2] (fix z11 = 0.4 * tanh(z11 + tanh((((s8[+a3] - s8[+a3]) @[a3] sum[a2 -> a3: a3((2 + 1 * a2) mod #a3)](tanh(r7))) / #a3))) + mean[a0]((sin(real(0 + 3 * a0 + 2 * a1 + 3 * a2 + 2 * a3)) - (1.437 * ones[a0, a1, a2]))) from mean[a0]((sin(real(0 + 3 * a0 + 2 * a1 + 3 * a2 + 2 * a3)) - (1.437 * ones[a0, a1, a2]))) within 1e-13 at most 200)) / #a2))
  let (y13, t14) = linearize((v16: []) => atan2(v16, (1.1 + v16^2)), f64(tanh((-(if s8 > 0.0193 then sqrt(s8) else s8)))))
  let u15 = t14(f64(tanh((((1.237 * ones[a1]) @[a1] s8[+a1]) * (s8 / (1.1 + s8^2))))))
  (r0: f64(y13[+a0, +a3]), r1: int(((2 + 1 * a0) mod 2 < 2)))
}
experiment e() {
  let d0: f64[a2, a3] = load("d0.npy")
  let net = Main[]
  print(net(d0))
  print(grad((v: f64[a2, a3]) => mean(tanh(net(v).r0)))(d0))
}

