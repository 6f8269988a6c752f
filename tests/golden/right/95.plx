// --precision f32
use nn
axis a0 = 5
axis a1 = #a0
axis a2 = 2
axis a3 = (#a1 - 1 * (#a0 - 1) - 1) div 2 + 1
axis a4 = 3
fn f0[k1](x2: [a0], x3: [k1], x4: []) -> [a2] {
  var s5 = tanh(max(0.0171 + one_hot[a4](a4((0) mod #a4)), x4[+a1, +a4][a1: clamp(a1 + 1)]))
  for i6 in a1 {
    var s7 = tanh(((x2[+a4] + softmax[a4 where ((1 + 1 * a0 + 1 * a4) mod 3 < 1)]((1.337 * ones[a0, a4]))) + softmax[a4 where ((0) mod 3 < 1)](tanh(((0.737 * ones[a0, k1]) @[k1] (1.037 * ones[a0, a4, k1]))))))
    for i8 in a4 {
      s7 = tanh((tanh(norm[a1](s7[+a1] + 0.717 + real(a1))) * stop((x4[+a0, +k1] @[k1] x2[+a4, +k1]))))
    }
    var s9 = sign(0.0137 + x4[+a2])
    for i10 in a2 {
      s9[a2: a2((2) mod #a2)] += tanh(grad((v11: []) => (fix z12 = 0.4 * tanh(z12 + tanh(min(0.0171 + v11, v11))) + atan(v11) from atan(v11) within 1e-13 at most 200))(tanh(min(0.0171 + (x4 * x4), x4[+a1][a1: a1((0) mod #a1)]))))
    }
    s5[a1: i6] = tanh((0.637 * ones[a4]))
  }
  let v13 = sum[k1](count_true[a0](((not ((2 + 3 * a0 + 1 * a2 + 2 * a3 + 3 * k1) mod 3 < 1)) and (((2 + 1 * a3) mod 3 < 1) and ((1 + 2 * a3) mod 3 < 1)))))
  var s14 = tanh((mean[a0](sin(real(2 + 2 * a1))[a1: 2 * a3 + 1 * a0]) @[a3] min[k1 where ((1 + 3 * a1 + 3 * a4 + 3 * k1) mod 3 < 1) else 0.637](s5[+a3, +k1] + 0.0113 * real(k1))))
  if (not ((1) mod 2 < 1)) {
    let v15 = (x4[+a0, +a1] @[a1] s5[+a0, +k1])
    s14 = sin(real(0 + 3 * a1 + 1 * a4))
  }   else {
    s14 = s14
  }
  sin(real(2 + 1 * a2))
}
fn f16[k17, k18, k19](x20: [a0, a4], x21: [a2, k17]) -> [] {
  let v22 = a3((0 + 3 * a2 + 2 * k17 + 2 * k19) mod #a3)
  atan2(x20[a0: 0, a4: 1], (1.1 + (real(int(((1) mod 3 < 2))) * 0.037)^2))
}
block Main(x24: f32[a2, a4], x25: bool[a2], x26: i64[]) -> (r0: f32[]) {
  axis s27 = #a1
  let n28 = normal
  var s30 = f32(tanh(grad((v29: [a1]) => (sin(real(1 + 1 * a2)) @[a2] n28[+a2]))(f32(rsqrt(0.6 + n28[+a1]^2)))))
  for i31 in a1 {
    let h32 = hessian[a2 -> a2']((v33: [a2]) => (n28[+a2'][a2': clamp((0))] - f16[a1, a4, a3](f32((1.537 * ones[a0, a4])), f32(s30[+a2]))))(f32(tanh(cosh(tanh(max(0.0171 + n28[+a2], n28[+a2]))))))
    let (y34, t35) = vjp((v37: [a2']) => tanh(sqrt(0.4 + ((tanh((n28[+a0, +a2] * (0.537 * ones[a0, a2]))) @[a0] (n28[+a0, +a2] + softmax[a0 where ((0) mod 2 < 1)](n28[+a0, +a2]))) / #a0)^2)), f32(tanh((((sin(real(1 + 1 * a1 + 3 * a2')) + n28[+a1, +a2']) @[a1] (sin(real(1 + 3 * s27)) @[s27] sin(real(0 + 1 * a1 + 3 * s27 + 3 * a2')))) / #a1))))
    let u36 = t35(f32(tanh(((n28[+a2][a2 -> a2'] @[a2'] n28[+a2, +a2'][a2': clamp(a2' + 3)]) / #a2'))))
    s30[a1: argmin[a1]((1.037 * ones[a1]) + 0.0113 * real(a1))] = f32(tanh((f16[a2', a2', a2](f32(tanh(grad((v38: [a0, a4]) => n28)(f32(sin(real(1 + 3 * a0 + 1 * a4)))))), f32(atan(y34[+a2']))) * tanh(((n28 - n28) * f16[a2', a2', a2'](f32(tanh(n28[+a0, +a4])), f32(tanh(u36[+a2]))))))))
  }
  var s39 = f32(s30[a1: 0])
  if ((1) mod 2 < 2) {
    let v40 = sin(real(1 + 1 * a1 + 2 * a4 + 2 * s27))
    let v41 = sum[a0 -> a4: a4((1 + 1 * a0) mod #a4)](tanh(min(0.0171 + mean[a0](n28[+a0]), s39[+a0'][a0' -> a0])))[a4: count_true[a0'](((2 + 1 * a0') mod 3 < 1)) else 0.037]
    s39 = f32(tanh(n28))
  }   else {
    s39 = f32(tanh(grad((v42: []) => (-sin(n28)))(f32(tanh(max(0.0171 + (n28 / (1.1 + n28^2)), n28))))))
  }
  (r0: f32((((rsqrt(0.6 + n28[+a0]^2) - s39) @[a0] s39[+a0]) / #a0)))
}
experiment e() {
  let d0: f32[a2, a4] = load("d0.npy")
  let d1: bool[a2] = load("d1.npy")
  let d2: i64[] = load("d2.npy")
  let net = Main[]
  print(net(d0, d1, d2))
  print(grad((v: f32[a2, a4]) => mean(tanh(net(v, d1, d2).r0)))(d0))
}

