// --precision f32
use nn
axis a0 = 16
axis a1 = 9
axis a2 = 7
axis a3 = 4
axis a4 = 3
axis a5 = 3
block Main(x0: f32[], x1: a4[a2], x2: f32[a4, a5]) -> (r0: f32[], r1: a3[a1], r2: f32[a4]) {
  param w3: [a3] = 0.3 * normal[a3]
  axis s4 = #a0
  var s5 = f32(tanh((x0[+a2] + (0.037 * ones[a2]))))
  for i6 in a2 {
    var s8 = f32(tanh(grad((v7: [a0, s4]) => x0)(f32(sin(real(0 + 1 * a0 + 1 * s4))))[a0: sum[a0]((2 + 3 * a0 + 1 * a1)) else 0.237]))
    for i9 in s4 {
      s8 = f32(softmax[a1](((sum[a0](s8[+a0]) / #a0) - x0)))
    }
    s5[a2: a2((0) mod #a2)] = f32(tanh(atan2(min[a1 where ((2) mod 3 < 1) else 1.737](softmax[a1](x0[+a1]) + 0.0113 * real(a1)), (1.1 + ((s5 @[a2] sum[a5 -> a2: a2((0 + 3 * a5) mod #a2)](x0[+a5])) / #a2)^2))))
  }
  var s10 = f32(tanh(x0[+a2]))
  let y11 = for i12 in a3 {
    let v15 = (checkpoint { let u13 = atan2(mean[s4]((sin(real(0 + 2 * a1 + 2 * a4 + 1 * s4)) @[a1] sin(real(0 + 1 * a1 + 2 * a5)))), (1.1 + (-min[a3](w3[+a4, +a5] + 0.0113 * real(a3)))^2)); grad((v14: [a2, s4]) => mean[a2, s4](v14))(f32(sin(real(0 + 1 * a2))[a2: clamp(a2 + 1 * s4 - #s4 div 2)]))[s4: s4((0) mod #s4)] })
    s10 = f32((1.137 * ones[a2]))
    yield f32(cosh(tanh((x0 - v15[+a0])))[a0: a0((0 + 2 * a2) mod #a0)])
  }
  let v16 = x0
  let v17 = a4((sum[a3]((1 + 2 * a3)) + sum[a4](int(((2 + 1 * a4) mod 3 < 1)))) mod #a4)
  var s19 = f32(tanh(grad((v18: [a3, a5]) => v16)(f32(w3[+a5])))[a3: #a3 - 1 - a3])
  s19[a3: a3(count_true[s4](((2 + 3 * s4) mod 2 < 2)) mod #a3)] += f32(tanh(v16[+a5]))
  (r0: f32(var[a5](v16[+a3, +a5])[a3: a3((1) mod #a3)]), r1: argmax[a3](tan(tanh((softmax[a1]((1.837 * ones[a1, a3])) + atan(w3[+a1])))) + 0.0113 * real(a3)), r2: f32((x0[+a4] * v16[+a4, +a4'][a4: int(a4')][a4' -> a4])))
}
experiment e() {
  let d0: f32[] = load("d0.npy")
  let d1: a4[a2] = load("d1_below3.npy")
  let d2: f32[a4, a5] = load("d2.npy")
  let net = Main[]
  print(net(d0, d1, d2))
  let slope = grad((m) => mean(tanh(m(d0, d1, d2).r0)))(net)
  print(norm(slope))
  print(grad((v: f32[]) => mean(tanh(net(v, d1, d2).r0)))(d0))
}

