// --precision f64
use nn
axis a0 = 16
axis a1 = 3
axis a2 = #a0
fn f0[k1](x2: []) -> [a0, k1] {
  let v3 = x2
  var s4 = tanh((x2 / (1.1 + v3^2)))
  var n5 = 0
  while n5 < 5 and s4 < 0.8537 {
    let v7 = (if (sigmoid(tanh(real((1 + 3 * a2 + 3 * k1)))) >= 0.837) then tanh(((x2[+a2, +k1] * s4) + grad((v6: [a2, k1]) => s4)((0.737 * ones[a2, k1]))))[k1: wrap(k1 - 2)] else sin(real(2 + 3 * a2 + 3 * k1)))
    var s8 = tanh((x2[+a2][a2: a2 + 1 * a0 - #a0 div 2 else 0] * (sin(real(2 + 3 * a0 + 2 * a2)) / (1.1 + v3[+a2]^2))))
    for i9 in a1 {
      s8 = tanh((((if ((0 + 1 * a0 + 1 * a2) mod 2 < 1) then s4[+a0, +a2] else x2[+a0, +a2]) + softmax[a0 where ((2) mod 3 < 1)](tan(tanh(s8)))) + grad((v10: [a0, a2]) => v3[+k1][k1: clamp(n5)])(s4[+a0, +a2])))
    }
    s4 = tan(tanh(x2))
    n5 = n5 + 1
  }
  let (r11, r12) = (v3[+a0, +a1], s4)
  x2[+a0, +k1]
}
fn f13[k14, k15](x16: [], x17: [k14, k15], x18: [a1, k15]) -> [k15] {
  let v20 = ((sin(real(1 + 3 * a2 + 1 * k15)) * x16[+a2, +k15])[a2: wrap(a2 - 3)][a2: clamp(a2 + 2)] * min[a1]((checkpoint { let u19 = ((x16[+k14] @[k14] (1.537 * ones[k14])) / #k14); expm1(tanh(u19[+a1, +a2, +k15])) }) + 0.0113 * real(a1)))
  var s21 = tanh(min(0.0171 + min[a1](x16[+a1, +k15] + 0.0113 * real(a1)), max[k14](x16[+k14, +k15] + 0.0113 * real(k14))))
  for i22 in k15 {
    let v23 = a1((0 + 2 * k14 + 2 * k15) mod #a1)
    s21[k15: i22] += tanh((if ((x16 + x16) < 1.737) then (min(0.0171 + s21, x16[+k15]) @[k15] tanh(sqrt(0.4 + x16[+k15]^2))) else ((1.3 + clamp(x16, -0.713, 0.877)^2)^(-1.5))))
  }
  (sum[a0](min(0.0171 + (sum[a1 -> k15: k15((1 + 3 * a1) mod #k15)](x16[+a0, +a1]) * sin(real(0 + 2 * k15))), x16[+a0, +k15])) / #a0)
}
block Main(x24: f64[a0, a2], x25: f64[a0, a1], x26: f64[a0, a2]) -> (r0: f64[a1, a2], r1: bool[], r2: f64[]) {
  param w27: [a1] = normal[a1]
  var s28 = f64(1.737)
  var n29 = 0
  while n29 < 5 and s28 < 0.8537 {
    let v30 = tanh(var[a0]((erfc(tanh((s28[+a0, +a2] * x24))) + tan(tanh(s28[+a2]))[a2: a2 + 2 * a0 - #a0 div 2 else 0])))
    var s32 = f64(tanh(grad((v31: []) => (v31 * s28))(f64(tanh((s28 - s28))))))
    if (((s32 * s28) < 1.637) and (((2) mod 2 < 2) or all[a2](((0 + 3 * a2) mod 2 < 2)))) {
      s32 = f64(tanh((sum[a2]((w27[+a2] @[a1] (0.637 * ones[a0, a1])[a0: a0((0 + 1 * a2) mod #a0)])) / #a2)))
    }     else {
      s32 = f64(s28)
    }
    s28 = f64(tanh(sum[a1 where (((1 + 2 * a1) mod 3 < 1) and ((1 + 3 * a1) mod 2 < 2))](cosh(s32[+a1]))))
    n29 = n29 + 1
  }
  let v33 = sum[a2](((2 + 1 * a0 + 3 * a1 + 3 * a2) mod (2 + (1 + 1 * a1) mod 5)))
  let (y34, t35) = vjp((v37: [a0]) => s28, f64(tanh(real(sum[a1]((0 + 3 * a0 + 1 * a1))))))
  let u36 = t35(f64(((softmax[a0](sin(real(1 + 3 * a0))) @[a0] s28[+a0]) / #a0)))
  let r38 = (h: s28[+a1], c: ((s28[+a1] @[a1] s28[+a1, +a2])[a2: a2((2) mod #a2)] * ((softmax[a0](y34[+a0]) @[a0] sort[a0](y34[+a0] + 0.0113 * real(a0))) / #a0)))
  let r39 = 0.7 * r38 + 0.2 * r38
  (r0: f64(r38.h[a1: clamp(a1 + 1 * a2 - #a2 div 2)]), r1: (rsqrt(0.6 + (if tanh((r39.c * s28)) > 0.0193 then sqrt(tanh((r39.c * s28))) else tanh(sqrt(0.2 + var[a2](r39.c[+a2] + 0.717 + real(a2)))))^2) >= 1.837), r2: f64((erf(min[a2](sum[a0 -> a2: a2((1 + 1 * a0) mod #a2)](tanh(u36)) + 0.0113 * real(a2))) / (1.1 + (cumprod[a1](1.1 + 0.2 * tanh(tanh(r39.c[+a1]))) @[a1] s28[+a1])^2))))
}
experiment e() {
  let d0: f64[a0, a2] = load("d0.npy")
  let d1: f64[a0, a1] = load("d1.npy")
  let d2: f64[a0, a2] = load("d2.npy")
  let net = Main[]
  print(net(d0, d1, d2))
  let slope = grad((m) => mean(tanh(m(d0, d1, d2).r0)))(net)
  print(norm(slope))
  print(grad((v: f64[a0, a2]) => mean(tanh(net(v, d1, d2).r0)))(d0))
}

