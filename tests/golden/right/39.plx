// --precision f64
use nn
axis a0 = (a0_0, a0_1, a0_2, a0_3)
axis a1 = 2
axis a2 = 4
axis a3 = (a3_0, a3_1, a3_2, a3_3)
fn f0[k1, k2, k3](x4: [], x5: [a0, a1]) -> [a2] {
  let v6 = ((x4[+a2, +k3'][k3' -> k3] * mean[k1 where ((0) mod 2 < 2) else 1.537](x4[+a2, +k1, +k3])) - sin(real(0 + 1 * a2 + 1 * k3)))[k3: k3((2 + 1 * a1 + 1 * a3) mod #k3)]
  (x4[+a3] @[a3] tanh((logsumexp[a1](log(1.3 + (0.637 * ones[a1])^2)) - ((x4[+a2, +a3] * x4[+a2, +a3]) / (1.1 + ((x4[+k1] @[k1] x4[+k1]) / #k1)^2)))))
}
fn f8[k9](x10: [], x11: [], x12: []) -> [a2, a3] {
  let v13 = sin(real(0 + 2 * a0 + 2 * a2 + 2 * a3))
  let v14 = mean[a1 where ((x11 < 0.037) or (not ((2) mod 2 < 1))) else 0.737](sin((((x12 + (0.037 * ones[a1, a2])) @[a2] cumprod[a2](1.1 + 0.2 * tanh(x11[+a2]))) / #a2)))
  let v15 = (x10[+a0, +a2][a2: clamp(int(((0 + 3 * a0 + 3 * a1 + 1 * a3) mod 3 < 1)))] - v14[+a0, +a1, +a3][a3: clamp(a3 + 1)])
  f0[k9, a0, k9](tanh(((v14[+a3] * tanh(v14[+a3])) - grad((v16: [a3]) => (x10 - x11))((x11[+a3] / (1.1 + sin(real(1 + 2 * a3))^2))))), x11[+a0, +a1, +a3])
}
block B17[k18, k19, k20](x21: []) -> [] {
  var s22 = tanh(cumsum[k19]((x21[+k19] - x21[+k19])))
  if (not ((1) mod 2 < 2)) {
    let v24 = (prod[k18](1.1 + (0.4 * tanh(sin(real(2 + 3 * k18))[k18: clamp(k18 + 2 * a0 - #a0 div 2)])))[a0: a0(int(k20((1 + 3 * k18 + 2 * k19) mod #k20)) mod #a0)] * (softmax[k18]((s22[+k18] * s22[+k18])) + softmax[k19 where any[a1](((2 + 3 * a1 + 3 * k18 + 3 * k19) mod 2 < 1))](log1p(grad((v23: [k18, k19]) => x21)(s22[+k18])^2))))
    var s25 = tanh((x21[+k20][k20: wrap(k20 - 3)] - atan2(x21, (1.1 + x21^2))))
    for i26 in k20 {
      s25 = tanh(max(0.0171 + (if ((2) mod 2 < 1) then atan2(sin(real(0 + 2 * k20)), (1.1 + x21[+k20]^2)) else log(1.3 + sin(real(1 + 1 * k20))^2)), (sum[a2](f0[a3, k19, k20](x21, x21[+a0, +a1])) / #a2)))
    }
    s22 = tanh(((tanh(cumsum[a3](x21[+a3])) @[a3] ((x21[+a0, +a2] @[a0] x21[+a0, +k19]) / #a0)[a2: a2((1 + 1 * a3) mod #a2)]) / #a3))
  }
  x21
}
block Main(x27: f64[a1]) -> (r0: f64[a1], r1: f64[a0, a1]) {
  param w28: [] = 0.7
  let net29 = B17[a1, a0, a3]
  let (y30, t31) = jvp((v33: []) => tanh((softplus(v33) * (acos(0.7 * sin(v33[+a1])) / (1.1 + x27^2)))), f64(tanh(((w28[+a0, +a3] @[a0] w28[+a0, +a3]) / #a0)[a3: argmax[a3]((1.237 * ones[a3]) + 0.0113 * real(a3))])), f64(tanh(acos(0.7 * sin(((1.3 + w28^2)^(-1.5)))))))
  let v34 = sum[a2 -> a0: a0((1 + 2 * a2) mod #a0)]((one_hot[a1](a1((2 + 3 * a2 + 1 * a3) mod #a1)) + softmax[a3 where (((2 + 2 * a1 + 2 * a2 + 3 * a3) mod 2 < 1) and ((2 + 2 * a1 + 1 * a2 + 2 * a3) mod 3 < 2))](log(1.3 + prod[a0](1.1 + (0.4 * tanh(w28[+a0, +a1, +a2, +a3])))^2))))
  let v35 = tanh(sqrt(0.2 + var[a0](((tanh(t31[+a0, +a2, +a3])[a0: #a0 - 1 - a0] + w28[+a0, +a2, +a3, +a1'][a1' -> a1]) + ((0.537 * ones[a3, a2']) - w28[+a3, +a2'])[a2' -> a2]) + 0.717 + real(a0))))
  (r0: f64(x27), r1: f64(((acos(0.7 * sin(w28[+a0, +a1'])) - grad((v36: []) => w28)(f64((0.337 * ones[a0, a1'])))) - w28[+a1'][a1': a1' + 1 * a1 - #a1 div 2 else 1.037][a1: clamp(a1 + 2 * a0 - #a0 div 2)])[a1': int(a1)]))
}
experiment e() {
  let d0: f64[a1] = load("d0.npy")
  let net = Main[]
  print(net(d0))
  let slope = grad((m) => mean(tanh(m(d0).r0)))(net)
  print(norm(slope))
  print(grad((v: f64[a1]) => mean(tanh(net(v).r0)))(d0))
}

