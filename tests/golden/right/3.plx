// --precision f32
use nn
axis a0 = (a0_0, a0_1)
axis a1 = 5
axis a2 = 3
axis a3 = 2
fn f0[k1](x2: [], x3: [a1]) -> [] {
  let v4 = x2[+a2, +a3, +k1]
  var s5 = tanh((x2[+a2] * max(0.0171 + x2[+a2], sin(real(1 + 1 * a2)))))
  s5[a2: argmax[a2](sum[a3 -> a2: a2((0 + 3 * a3) mod #a2)](x2[+a3]) + 0.0113 * real(a2))] = tanh(x2)
  var s6 = s5[a2: 2]
  var n7 = 0
  while n7 < 1 and s6 < 0.8537 {
    s6 = tanh(grad((v9: [a1]) => s6)(x2[+a1][a1: clamp(a1 + 1)])[a1: clamp(sum[a3](count_true[a1](((2 + 1 * a1 + 1 * a3) mod 2 < 2))))])
    n7 = n7 + 1
    if any[a2]((s6[+a2] < 0.837)) { break }
  }
  (tanh((((sin(real(1 + 3 * a0)) @[a0] s6[+a0]) + (s6 * s6)) * ((sin(real(0 + 2 * a1)) + s6) + sin(real(2 + 1 * a1))))) @[a1] tanh((checkpoint { let u10 = reverse[a1]((x3 * x3)); ((s6[+a3, +a3'][a3': int(a3)] @[a3] sum[a2](x3[+a2, +a3])) / #a3) })))
}
block Main(x11: f32[a3]) -> (r0: f32[], r1: f32[], r2: f32[a0, a1]) {
  param w12: [a3] = 0.3 * normal[a3]
  param w13: [a0, a3] = uniform[a0, a3]
  let (y14, t15) = jvp((v17: [a1]) => ((1.137 * ones[a0, a3]) + softmax[a3 where ((2 + 3 * a0 + 1 * a3) mod 3 < 2)](mean[a2](w12[+a0, +a2][a2: clamp(a2 + 1)]))), f32((1.037 * ones[a1])), f32(tanh(((1.437 * ones[a1]) - (sin(real(1 + 1 * a1)) * (1.537 * ones[a1]))))))
  let h19 = hessian[a2 -> a2']((v20: [a2]) => 1.637)(f32(tanh((checkpoint { let u18 = (if ((2 + 2 * a2') mod 2 < 2) then (1.837 * ones[a2']) else sin(real(2 + 1 * a2'))); f0[a3](f32((0.737 * ones[a2])), f32((1.837 * ones[a1]))) }))))
  let v21 = 1.237
  var s22 = f32(cummax[a0](v21[+a0'][a0' -> a0] + 0.0113 * real(a0)))
  s22[a0: a0((1) mod #a0)] = f32(tanh(((tanh(grad((v23: []) => v23)(f32(v21[+a2]))) @[a2] cumprod[a2](1.1 + 0.2 * tanh(v21[+a2]))) * prod[a1](1.1 + (0.4 * tanh(max[a0](v21[+a0, +a1] + 0.0113 * real(a0))))))))
  let v25 = grad((v24: [a2']) => mean[a2](v21[+a2][a2: a2((1 + 3 * a2') mod #a2)][a2' -> a2]))(f32(sum[a2](clamp(tanh(h19)[a2': #a2' - 1 - a2'], -0.713, 0.877))))
  (r0: f32((cummax[a0](tanh((s22[+a2'] @[a2'] (0.037 * ones[a2', a0']))) + 0.0113 * real(a0))[a0': int(a0)] @[a0] min(0.0171 + (v21[+a0] / (1.1 + log1p(v21[+a0]^2)^2)), ((v21 - v21) - (-v21))))), r1: f32((tanh(mean[a3 where (not ((1 + 2 * a2 + 3 * a3) mod 3 < 1)) else 1.137]((tanh((v21[+a1, +a0'] @[a1] w12[+a1, +a0'])) @[a0'] sum[a1 -> a2: a2((1 + 1 * a1) mod #a2)](v21[+a1, +a0'])))) @[a2] (checkpoint { let u26 = v25; v21[+a2] }))), r2: f32(sin(real(1 + 1 * a0 + 3 * a1))))
}
experiment e() {
  let d0: f32[a3] = load("d0.npy")
  let net = Main[]
  print(net(d0))
  let slope = grad((m) => mean(tanh(m(d0).r0)))(net)
  print(norm(slope))
  print(grad((v: f32[a3]) => mean(tanh(net(v).r0)))(d0))
}

