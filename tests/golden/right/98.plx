// --precision f32
use nn
axis a0 = (a0_0, a0_1, a0_2, a0_3)
axis a1 = #a0
axis a2 = #a1
block B0(x1: [a2], x2: []) -> [a1] {
  let v3 = (not ((0) mod 2 < 2))
  let v5 = grad((v4: []) => (tanh((if (((1 + 2 * a2) mod 2 < 1) and ((1 + 3 * a2) mod 2 < 1)) then ((0.337 * ones[a0, a2]) @[a0] (0.237 * ones[a0])) else v4)) @[a2] v4[+a2]))(((1.3 + x2^2)^(-1.5)))
  let (y6, t7) = vjp((v9: []) => erf((x1[+a1] * (0.437 * ones[a1, a2]))[a1: int(a2)]), tanh((tanh(v5[+a0]) @[a0] tanh(real((0 + 2 * a0))))))
  let u8 = t7(tanh(sum[a0](sin(real(0 + 1 * a0 + 1 * a1 + 2 * a2)))[a1: int(a2)]))
  relu(0.137 + tanh(((sum[a2](u8[+a0, +a1, +a2]) / #a2) * atan2(u8, (1.1 + u8^2)))))[a0: a0((2) mod #a0)]
}
fn f10[k11, k12, k13](x14: [a0, k12]) -> [] {
  let v15 = min(0.0171 + log(1.3 + sin(real(0 + 1 * a0 + 2 * a1 + 1 * k12))^2), sin(real(0 + 1 * a0 + 1 * a1)))
  var s16 = tanh(stop(mean[a0, k12](x14)))
  if (((2) mod 3 < 2) or (any[a1](((0 + 3 * a1) mod 2 < 2)) and ((0) mod 3 < 2))) {
    let h17 = hessian[k12 -> k12']((v18: [k12]) => (((s16[+k12'] + s16[+k12']) @[k12'] (s16[+k12'] * s16[+k12'])) / #k12'))(tanh(mean[a0, a1](v15)))
    s16 = tanh(mean[a0, a1, k12](v15))
  }
  mean[a0, k12](x14)
}
block B19[k20](x21: []) -> [k20] {
  param w22: [k20] = uniform[k20]
  param w23: [a0, a1] = uniform[a0, a1]
  let net24 = B0[]
  let n25 = normal[a1]
  axis s26 = #a2
  (if (tanh(norm[a1]((0.837 * ones[a0])[a0 -> a1] + 0.717 + real(a1))) - ((cummax[k20](x21[+k20, +s26] + 0.0113 * real(k20)) @[s26] (if ((2 + 1 * s26) mod 2 < 2) then x21[+s26] else x21[+s26])) / #s26)) > 0.0193 then sqrt((tanh(norm[a1]((0.837 * ones[a0])[a0 -> a1] + 0.717 + real(a1))) - ((cummax[k20](x21[+k20, +s26] + 0.0113 * real(k20)) @[s26] (if ((2 + 1 * s26) mod 2 < 2) then x21[+s26] else x21[+s26])) / #s26))) else ((1.3 + sin(real(2 + 3 * a1 + 1 * k20))^2)^(-1.5))[a1: wrap((0))])
}
block Main(x27: f32[a0, a1], x28: f32[a1]) -> (r0: f32[a1, a2], r1: bool[a0, a1, a2]) {
  param w29: [a1] = ones[a1]
  let v31 = grad((v30: [a0, a2]) => softplus(((sin(real(0 + 2 * a2)) @[a2] sin(real(1 + 3 * a2))) - 1.537)))(f32((-(1.837 * ones[a0, a2]))))
  var s32 = f32((1.037 * ones[a0, a1]))
  for i33 in a1 {
    let (y34, g35) = value_and_grad((v36: [a0, a1]) => atan2((w29 @[a1] (sin(real(0 + 1 * a1)) / (1.1 + x28^2))), (1.1 + 0.737^2)))(f32(tanh((stop(sin(real(0 + 1 * a0 + 3 * a1))) * x28[+a2][a2: a2((1 + 3 * a0 + 1 * a1) mod #a2)]))))
    s32 = f32(tanh(g35))
  }
  let (y38, t39) = vjp((v41: [a0, a2]) => (v41[a0: 2] @[a2] tanh((if (not ((2 + 2 * a0 + 3 * a1 + 3 * a2) mod 3 < 2)) then sinh(sin(real(0 + 1 * a0 + 3 * a1 + 2 * a2))) else v31[+a1]))), f32(tanh(sum[a1](tanh(((s32[+a2])^2))))))
  let u40 = t39(f32(tanh(((s32 - sin(real(0 + 1 * a0 + 3 * a1))) * max(0.0171 + sin(real(1 + 3 * a0)), w29[+a0])))))
  var s42 = f32(tanh((((w29 * w29) @[a1] (x28 + x28)) / #a1)))
  if ((2) mod 2 < 1) {
    var s43 = f32(tanh((s42[+a0] + s42[+a0])[a0: wrap(a0 + 2 * a1 - #a1 div 2)]))
    for i44 in a0 {
      s43 = f32(tanh(sqrt(0.2 + var[a2]((if (((0 + 3 * a0 + 2 * a1 + 3 * a2) mod 3 < 1) or ((2 + 2 * a0 + 3 * a1 + 1 * a2) mod 3 < 1)) then (s42[+a0, +a1, +a2] - y38[+a2]) else atan(x28[+a0, +a2])) + 0.717 + real(a2)))))
    }
    s42 = f32(tanh((erf(real((0))) + grad((v45: []) => (v45[+a2] @[a2] s42[+a2]))(f32(s42)))))
  }
  (r0: f32((1.637 * ones[a1, a2])), r1: (not (((1.337 * ones[a0, a1, a2]) >= 1.637) and (s32[+a2] >= 1.237))))
}
experiment e() {
  let d0: f32[a0, a1] = load("d0.npy")
  let d1: f32[a1] = load("d1.npy")
  let net = Main[]
  print(net(d0, d1))
  let slope = grad((m) => mean(tanh(m(d0, d1).r0)))(net)
  print(norm(slope))
  print(grad((v: f32[a0, a1]) => mean(tanh(net(v, d1).r0)))(d0))
}

