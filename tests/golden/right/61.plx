// --precision f32
use nn
axis a0 = 8
axis a1 = 4
axis a2 = (#a0 - 1 * (#a1 - 1) - 1) div 1 + 1
axis a3 = 1
axis a4 = #a2
fn f0(x1: [a3], x2: []) -> [] {
  let r5 = (h: tanh(((((if ((0) mod 3 < 1) then sin(real(1 + 2 * a3)) else x1) @[a3] tanh(round(0.0137 + 3.1 * x1[+a0]))))^3)), c: (tanh((((1.137 * ones[a0, a1, a3]) / (1.1 + sin(real(0 + 2 * a0 + 1 * a3))^2)) @[a3] (x1[+a2] + x1[+a2]))) @[a2] (fix z4 = 0.4 * tanh(z4 + tanh(x2[+a0, +a1, +a2])) + (if ((1 + 3 * a0 + 3 * a1 + 1 * a2) mod 2 < 1) then x2[+a0, +a1, +a2] else x2[+a0, +a1, +a2]) from (if ((1 + 3 * a0 + 3 * a1 + 1 * a2) mod 2 < 1) then x2[+a0, +a1, +a2] else x2[+a0, +a1, +a2]) within 1e-13 at most 200)))
  let r6 = 0.7 * r5 + 0.2 * r5
  let y7 = for i8 in a1 {
    let (r10, r11) = (grad((v9: [a3]) => (clamp(x2[+a1], -0.713, 0.877) @[a1] (x2[+a1] * (0.337 * ones[a1]))))(x1[+a1]), (x2 * x2))
    let h12 = hessian[a4 -> a2]((v13: [a4]) => r11)(tanh((if cosh(tanh(r11[+a4])) > 0.0193 then sqrt(cosh(tanh(r11[+a4]))) else r11)))
    yield tanh((log1p(x2^2) - r11))
  }
  x2
}
block Main(x14: f32[a1]) -> (r0: f32[a3, a4]) {
  var s15 = f32(tanh((((1.737 * ones[a0]) @[a0] (x14[+a0, +a4] + x14[+a0, +a4])) / #a0)))
  let y16 = for i17 in a2 {
    let v20 = (tanh(((grad((v19: [a0, a2]) => 1.337)(f32(sin(real(1 + 1 * a0 + 2 * a2)))) * ((1.337 * ones[a0, a2]) * sin(real(2 + 3 * a0 + 2 * a2)))) * grad((v18: [a0, a2]) => (1.137 * ones[a2])[a2: a2((0) mod #a2)])(f32(tanh(sum[a4](sin(real(1 + 3 * a0 + 2 * a2 + 1 * a4)))))))) >= 1.337)
    s15 = f32(tanh(((1.237 * ones[a4]) - (0.537 * ones[a4]))[a4: a4 + 1 * a1 - #a1 div 2 else 0.737][a1: #a1 - 1 - a1]))
    yield f32(tanh((x14[+a2, +a4][a2: int(a4)] @[a4] (-sin(real(2 + 3 * a4))))[a1: clamp(a1 + 1 * a4 - #a4 div 2)]))
  }
  let (y21, t22) = vjp((v24: [a1]) => grad((v25: []) => mean[a0]((v25[+a0] + v25[+a0])))(f32(1.137)), f32(sigmoid(((0.137 * ones[a2]) @[a2] x14[+a2]))))
  let u23 = t22(f32(0.837))
  let v26 = ((tanh(y21[+a2, +a4]) @[a2] (sin(real(1 + 3 * a3))[a3: a3 - 2 else 1.237] @[a3] tanh(y21[+a2, +a3]))) + (cumsum[a4]((0.137 * ones[a4])) * tanh(y21[+a2][a2 -> a4])[a4: #a4 - 1 - a4]))
  (r0: f32((if (v26[+a3] + sum[a1 -> a3: a3((1 + 3 * a1) mod #a3)]((0.537 * ones[a2])[a2: (2 + 3 * a1 + 2 * a4) else 0.137])) > 0.0193 then sqrt((v26[+a3] + sum[a1 -> a3: a3((1 + 3 * a1) mod #a3)]((0.537 * ones[a2])[a2: (2 + 3 * a1 + 2 * a4) else 0.137]))) else one_hot[a3](a3((1 + 3 * a4) mod #a3)))))
}
experiment e() {
  let d0: f32[a1] = load("d0.npy")
  let net = Main[]
  print(net(d0))
  print(grad((v: f32[a1]) => mean(tanh(net(v).r0)))(d0))
}

