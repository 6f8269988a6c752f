// --precision f32
use nn
axis a0 = 2
axis a1 = #a0
fn f0[k1](x2: [a1], x3: [a1, k1], x4: a0[]) -> [] {
  0 * sum(x2) + erf(mean[a0 where (((2 + 3 * a0) mod 2 < 1) and ((0 + 3 * a0) mod 2 < 1)) else 1.137]((0.537 + sin(real(2 + 3 * a0)))[a0: wrap(a0 - 1)]))
}
fn f5[k6, k7, k8](x9: [a0, k6]) -> [a0] {
  var s10 = tanh(max(0.0171 + (sin(real(2 + 2 * a1 + 1 * k7)) / (1.1 + (1.737 * ones[a1, k7])^2)), sin(real(1 + 1 * a0))[a0: a0((2 + 1 * a1 + 2 * k7) mod #a0)]))
  let y11 = for i12 in k8 {
    let v13 = int(argmax[k6](((1.3 + clamp(sin(real(0 + 2 * k6 + 3 * k8)), -0.713, 0.877)^2)^(-1.5)) + 0.0113 * real(k6)))
    let v14 = k6((0 + 1 * k6 + 2 * k8) mod #k6)
    s10 = tanh(((if (s10 < 0.337) then s10 else s10) * max(0.0171 + sin(real(2 + 2 * a0 + 2 * k7)), sin(real(1 + 1 * a0 + 2 * k7)))[a0 -> a1]))
    yield s10
  }
  axis s15 = #k7
  let r16 = (h: (0.537 * ones[a0, k7]), c: (0.837 - sin(real(2 + 2 * k7 + 2 * k7')))[k7': int(k7)][k7 -> s15])
  let r17 = 0.7 * r16 + 0.2 * r16
  ((((sin(real(2 + 2 * k8 + 3 * k7')) @[k7'] (0.337 * ones[a0, k8, k7'])) + sin(real(0 + 1 * k6 + 2 * k8))[k6: k6((2 + 1 * a0 + 1 * k8) mod #k6)]) @[k8] sin(real(1 + 1 * k8))) + (checkpoint { let u18 = 1.437; r16.h[k7: 0] }))
}
block Main(x19: f32[a0, a1]) -> (r0: f32[], r1: f32[a0], r2: f32[a0, a1]) {
  var s20 = f32(tanh((cummax[a1](sin(real(0 + 1 * a1)) + 0.0113 * real(a1)) @[a1] x19[a0: int(a1)])))
  var n21 = 0
  while n21 < 1 and s20 < 0.8537 {
    s20 = f32(tanh(grad((v22: []) => min[a1](s20[+a1] + 0.0113 * real(a1)))(f32((1.037 * ones[a0])[a0: a0((2) mod #a0)]))))
    n21 = n21 + 1
  }
  let v25 = (grad((v24: []) => s20)(f32(tanh((((1.3 + s20[+a1]^2)^(-1.5)) @[a1] (checkpoint { let u23 = s20[+a0, +a1]; (0.037 * ones[a1]) }))))) - erfc(tanh((if any[a1](((0 + 1 * a1) mod 3 < 1)) then (s20[+a0] + s20[+a0]) else (sin(real(2 + 2 * a0)) - s20[+a0])))))
  let v27 = tanh(sigmoid(grad((v26: [a0, a1, a0']) => s20)(f32(tanh(v25[+a1, +a0']))))[a0': int(a0)])
  let v28 = (if tanh((min(0.0171 + s20[+a1, +a0'][a0': wrap(a0' + 1 * a0 - #a0 div 2)], x19[+a0']) * log(1.3 + exp(tanh(v25[+a1, +a0']))^2))) > 0.0193 then sqrt(tanh((min(0.0171 + s20[+a1, +a0'][a0': wrap(a0' + 1 * a0 - #a0 div 2)], x19[+a0']) * log(1.3 + exp(tanh(v25[+a1, +a0']))^2)))) else (if softplus(sin(real(1 + 2 * a0 + 3 * a1 + 2 * a0'))[a0': #a0' - 1 - a0']) > 0.0193 then sqrt(softplus(sin(real(1 + 2 * a0 + 3 * a1 + 2 * a0'))[a0': #a0' - 1 - a0'])) else cumprod[a1](1.1 + 0.2 * tanh(((1.837 * ones[a0, a1, a0']) * x19[+a0'])))))
  (r0: f32((logsumexp[a0](sum[a0' -> a0: argmin[a0](s20[+a0, +a0'] + 0.0113 * real(a0))](sign(0.0137 + (1.237 * ones[a0'])))) * (erf(s20) + prod[a1](1.1 + (0.4 * tanh((x19 @[a0] s20[+a0]))))))), r1: f32((0.637 * ones[a0])), r2: f32(s20[+a0, +a1]))
}
experiment e() {
  let d0: f32[a0, a1] = load("d0.npy")
  let net = Main[]
  print(net(d0))
}

