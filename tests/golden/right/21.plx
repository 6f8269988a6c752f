// --precision f64
use nn
axis a0 = 7
axis a1 = 7
axis a2 = 3
axis a3 = 3
fn f0(x1: [a1, a2]) -> [] {
  var s2 = tanh((((1.3 + sin(real(2 + 1 * a0 + 2 * a2 + 2 * a3))^2)^(-1.5)) @[a0] tanh(sum[a1 where ((1 + 1 * a0 + 3 * a3) mod 2 < 2)]((1.137 * ones[a0, a1, a3])))))
  for i3 in a2 {
    let (r5, r6) = (max[a0](sum[a2](one_hot[a3](a3((0 + 2 * a0 + 1 * a2) mod #a3))) + 0.0113 * real(a0)), (fix z4 = 0.4 * tanh(z4 + tanh(((1.237)^3))) + erfc(1.437) from erfc(1.437) within 1e-13 at most 200))
    var s7 = tanh(min(0.0171 + sin(r6), r6))
    let y8 = for i9 in a3 {
      s7 = tanh(r6)
      yield exp(tanh(real(count_true[a3](((0 + 3 * a3) mod 2 < 1)))))
    }
    s2[a2: i3] = tanh(sum[a1 -> a3: a3(((0 + 3 * a1) * (2 + 1 * a1)) mod #a3)](tanh(sum[a3](s7[+a1, +a3]))))
  }
  let v10 = a3((2 + 1 * a0) mod #a3)
  0 * sum(x1) + relu(0.137 + 0.237)
}
block B11[k12, k13](x14: [a3, k13], x15: [k13], x16: k12[a2]) -> [a3] {
  param w17: [a0, a3] = 0.3 * normal[a0, a3]
  param w18: [] = 0.7
  let r19 = (h: cumprod[k12](1.1 + 0.2 * tanh(w18[+k12])), c: mean[a0, a3](w17))
  let r20 = 0.7 * r19 + 0.2 * r19
  let y21 = for i22 in a2 {
    let v23 = sum[k13](((1 + 2 * a1 + 3 * k13) div (2 + int(all[a2](((2 + 1 * a1 + 3 * a2 + 1 * k13) mod 3 < 2))) mod 5)))
    yield tanh((cumprod[a2](1.1 + 0.2 * tanh(tanh(sin(real(0 + 1 * a2))))) @[a2] r20.c[+a1, +a2, +a1'][a1': int(a1)]))
  }
  let r25 = (h: acos(0.7 * sin((max(0.0171 + r20.c[+a3, +k13], sin(real(1 + 1 * a3 + 2 * k13))) + x14))), c: tanh(sqrt(0.2 + var[a3](grad((v24: [a2, a3, a2']) => r20.c)(r20.c[+a2, +a3, +a2']) + 0.717 + real(a3))))[a2': int(a2)])
  let r26 = 0.7 * r25 + 0.2 * r25
  max[a2](max[k12]((min[k13 -> k12: k12((0 + 2 * k13) mod #k12) else 1.137](x15[+a2, +a3]) + softmax[a2 where ((0 + 2 * a2 + 3 * a3 + 2 * k12) mod 2 < 1)](sin(real(2 + 1 * a2 + 3 * a3 + 2 * k12)))) + 0.0113 * real(k12)) + 0.0113 * real(a2))
}
block Main(x27: f32[], x28: f32[a0]) -> (r0: f64[]) {
  param w29: [] = 0.7
  param w30: [a3] = uniform[a3]
  let n31 = normal[a2]
  let v32 = atan2(((stop(w30[+a1, +a2]) @[a3] tanh(((n31[+a0, +a3] @[a2] n31[+a0]) / #a2))) / (1.1 + (if (n31 >= 1.237) then (w29[+a2] - w29[+a2]) else sigmoid(x27[+a2]))^2)), (1.1 + (0.837 * ones[a0, a1, a2])^2))
  let v33 = cummax[a3]((sinh(tanh(w30[+a1])) + softmax[a1](((1.237 * ones[a1, a3]) + x27[+a1, +a3]))) + 0.0113 * real(a3))
  var s34 = f64(tanh(mean[a0, a1](v32)))
  s34[a2: argmax[a2](log(1.3 + w29[+a2]^2) + 0.0113 * real(a2))] += f64(tanh(max[a1](max(0.0171 + sort[a1](x27[+a1] + 0.0113 * real(a1)), (1.237 * ones[a0])[a0: a0((0 + 2 * a1) mod #a0)]) + 0.0113 * real(a1))))
  var s35 = f64(tanh(((v32[a0: 5, a1: 3, a2: 1])^3)))
  var n36 = 0
  while n36 < 5 and s35 < 0.8537 {
    let r37 = (h: cumprod[a2](1.1 + 0.2 * tanh((mean[a0](x27[+a0]) + min[a1]((0.337 * ones[a1, a2]) + 0.0113 * real(a1))))), c: s35)
    let r38 = 0.7 * r37 + 0.2 * r37
    s35 = f64(tanh(sum[a2](max[a1](r37.h[+a0, +a1] + 0.0113 * real(a1)))[a0: a0((0) mod #a0)]))
    n36 = n36 + 1
  }
  (r0: f64((f0(f64(reverse[a2]((if ((1 + 1 * a1 + 1 * a2) mod 3 < 1) then (0.137 * ones[a1, a2]) else x27[+a1])))) * ((checkpoint { let u39 = sin(real(0 + 1 * a0 + 2 * a1))[a1: a1((2) mod #a1)]; (x27 - w29) }) / (1.1 + max(0.0171 + mean[a2](n31), s35)^2)))))
}
experiment e() {
  let d0: f32[] = load("d0.npy")
  let d1: f32[a0] = load("d1.npy")
  let net = Main[]
  print(net(d0, d1))
  let slope = grad((m) => mean(tanh(m(d0, d1).r0)))(net)
  print(norm(slope))
  print(grad((v: f32[]) => mean(tanh(net(v, d1).r0)))(d0))
}

