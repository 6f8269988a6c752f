// --precision f64
use nn
axis a0 = 4
axis a1 = #a0
axis a2 = 3
axis a3 = 2
axis a4 = 16
block B0[k1, k2](x3: [], x4: [a2, a3], x5: []) -> [] {
  param w6: [] = 0.7
  param w7: [] = 0.7
  let v8 = x5[+k2]
  let v9 = min[k1]((tanh((real((0 + 1 * a1 + 2 * a2 + 1 * k1)) * (x3[+a3, +k1] @[a3] sin(real(2 + 2 * a1 + 1 * a2 + 3 * a3 + 2 * k1))))) * w6[+a1, +a2, +k1]) + 0.0113 * real(k1))
  w7[+a0][a0: clamp(int(a1((1) mod #a1)))]
}
fn f10[k11, k12, k13](x14: [], x15: bool[a1, a2], x16: []) -> [] {
  let (r19, r20) = (tanh((((checkpoint { let u17 = x14; u17[+a4] }) * (x14[+a4] + x16[+a4])) * min(0.0171 + x14[+a3, +a4], (0.337 * ones[a3, a4]))[a3: a3((2 + 3 * a4) mod #a3)])), acos(0.7 * sin(grad((v18: []) => x16)(x16))))
  let v22 = softmax[a4]((tanh(real(sum[a0]((0 + 3 * a0 + 3 * a4)))) * max(0.0171 + ((1.037 * ones[a4]) * x16[+a4]), (sin(real(0 + 1 * a4)) + softmax[a4 where ((1 + 1 * a4) mod 2 < 1)]((0.037 * ones[a4]))))))
  (fix z26 = 0.4 * tanh(z26 + tanh(log1p(x14[+k11][k11: argmin[k11](r20[+k11] + 0.0113 * real(k11))]^2))) + tanh(grad((v24: []) => max(0.0171 + x16, grad((v25: []) => x14)(x14)))(tanh(sinh(tanh(grad((v23: []) => r20)(tanh(r20))))))) from tanh(grad((v24: []) => max(0.0171 + x16, grad((v25: []) => x14)(x14)))(tanh(sinh(tanh(grad((v23: []) => r20)(tanh(r20))))))) within 1e-13 at most 200)
}
block Main(x27: f32[], x28: f64[a0, a4]) -> (r0: f64[]) {
  param w29: [a0, a3] = 0.3 * normal[a0, a3]
  param w30: [a2] = 0.3 * normal[a2]
  var s31 = f64(tanh(x27))
  for i32 in 0..0 {
    let v34 = (mean[a0]((sort[a3](w29 + 0.0113 * real(a3)) + relu(0.137 + s31[+a0, +a3]))) + (tanh(grad((v33: [a3]) => var[a4](s31[+a4]))(f64(tanh((w30[+a1, +a3] @[a2] s31[+a1, +a2, +a3]))))) @[a1] atan2((x27[+a3] - (0.037 * ones[a1, a3])), (1.1 + sum[a0 -> a1: a1((2 + 1 * a0) mod #a1)](s31[+a0, +a3])^2))))
    let v37 = atan2((((x27[+a0, +a3] + x27[+a0, +a3]) @[a3] tanh(grad((v35: [a3]) => s31)(f64(sin(real(0 + 1 * a3)))))) - (sin(s31[+a0, +a1]) @[a1] (1.237 * ones[a1]))), (1.1 + (checkpoint { let u36 = ((x27[+a3] @[a3] ((x27[+a1, +a3] @[a1] x27[+a1, +a3]) / #a1)) / #a3); tanh(((s31 * x27) * real((1 + 1 * a0)))) })^2))
    s31 = f64(s31)
  }
  let h39 = hessian[a1 -> a0]((v40: [a1]) => tanh(((tanh(grad((v41: []) => v41)(f64(s31))))^2)))(f64(tanh(grad((v38: [a1]) => (x27 + s31))(f64(cos(sin(real(2 + 1 * a1))))))))
  let r43 = (h: (sum[a2 -> a1: a1((1 + 2 * a2) mod #a1)](((0.037 * ones[a2, a3]) + x27[+a2, +a3])) * (tanh(prod[a4](1.1 + (0.4 * tanh(x27[+a1, +a3, +a4])))) - s31[+a1, +a3])), c: (if all[a2](((1 + 1 * a2) mod 3 < 1)) then x27 else f10[a2, a2, a4](f64((if ((1) mod 3 < 1) then s31 else s31)), all[a3](((2 + 1 * a1 + 1 * a2 + 1 * a3) mod 2 < 2)), f64(tanh(grad((v42: []) => v42)(f64(s31)))))))
  let r44 = 0.7 * r43 + 0.2 * r43
  (r0: f64(s31))
}
experiment e() {
  let d0: f32[] = load("d0.npy")
  let d1: f64[a0, a4] = load("d1.npy")
  let net = Main[]
  print(net(d0, d1))
  let slope = grad((m) => mean(tanh(m(d0, d1).r0)))(net)
  print(norm(slope))
  print(grad((v: f32[]) => mean(tanh(net(v, d1).r0)))(d0))
}

