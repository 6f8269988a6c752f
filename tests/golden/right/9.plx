// --precision f64
use nn
axis a0 = 1
axis a1 = #a0
axis a2 = 7
fn f0(x1: [], x2: []) -> [a0, a2] {
  var s3 = tanh((x2[+a0, +a0'][a0': int(a0)] + softmax[a0 where ((2 + 2 * a0) mod 3 < 1)]((sin(real(2 + 1 * a0)) / (1.1 + x1[+a0]^2)))))
  for i4 in a0' {
    var s6 = tanh(log1p(acos(0.7 * sin(sin(real(2 + 3 * a1))))^2))
    if (((2) mod 3 < 2) and ((2) mod 2 < 1)) {
      s6 = tanh(sqrt(0.4 + (if x2[+a1] > 0.0193 then sqrt(x2[+a1]) else x2[+a1])[a1: a1 - 2 else 1.037]^2))
    }
    s3 = tanh(prod[a2](1.1 + (0.4 * tanh(sin(real(2 + 3 * a2))[a2: wrap(a2 + 2 * a0 - #a0 div 2)]))))
    if all[a0'](all[a1](((0 + 1 * a1 + 2 * a0') mod 2 < 1))) { break }
  }
  let (r7, r8) = (tanh(sqrt(0.4 + x2[+a1]^2)), (((if ((1 + 1 * a2) mod 2 < 1) then x1[+a2] else x1[+a2]) - (s3[+a1, +a2] @[a0] s3[+a1])) - x1[+a1, +a2]))
  grad((v9: [a0, a2]) => mean[a1, a2](r8))(tanh(acos(0.7 * sin((if ((0 + 3 * a0) mod 2 < 1) then s3 else x2[+a0])))[a0: clamp(a0 + 2 * a2 - #a2 div 2)]))
}
fn f10[k11, k12, k13](x14: [], x15: [a0], x16: []) -> [a0, a2] {
  let v17 = atan(x16[+a1, +a2][a2: wrap(a2 - 1)])
  let v20 = grad((v18: [a0]) => mean[a1 where (((2 + 3 * a1) mod 2 < 2) or ((2 + 3 * a1) mod 3 < 2)) else 1.037](grad((v19: [a1]) => x14)(x14[+a1])))(tanh(mean[k11](x15[+a2, +k11, +a2'])[a2': int(a2)]))
  grad((v21: [a0, a2]) => x16)(tanh(norm[a1]((((1.537 * ones[a0, a2, a2']) - (0.637 * ones[a0, a2, a2'])) @[a2'] sum[k11](sin(real(0 + 2 * a0 + 3 * a1 + 2 * k11 + 2 * a2')))) + 0.717 + real(a1))))
}
block Main(x22: f64[a2], x23: a1[]) -> (r0: f64[]) {
  let (y25, t26) = linearize((v28: [a0, a1]) => asin(0.8 * tanh(((1.337 * 0.537) - 0.137))), f64((if ((1 + 3 * a0 + 3 * a1) mod 3 < 1) then (sin(real(2 + 3 * a0 + 2 * a1)) + sin(real(0 + 2 * a0 + 3 * a1))) else sign(0.0137 + sin(real(2 + 2 * a0 + 1 * a1))))))
  let u27 = t26(f64(tanh(min[a2](grad((v24: [a0, a1, a2]) => 0.237)(f64(x22[+a0, +a1])) + 0.0113 * real(a2)))))
  let v32 = cumprod[a2](1.1 + 0.2 * tanh(tanh(round(0.0137 + 3.1 * grad((v30: [a2]) => (checkpoint { let u31 = y25[+a0, +a1]; y25 }))(f64(tanh(grad((v29: []) => u27)(f64(x22)))))))))
  let v33 = sin((sum[a0 -> a1: a1((2 + 1 * a0) mod #a1)](y25[+a0, +a2]) @[a2] tanh(u27[+a0, +a2][a2: wrap(a2 + 2 * a1 - #a1 div 2)]))[a0: int(a1)])
  let v35 = rsqrt(0.6 + grad((v34: [a0]) => y25)(f64(tanh((f0(f64(y25), f64(sin(real(1 + 1 * a1)))) * x22[+a1][a1: wrap(a1 + 2 * a0 - #a0 div 2)]))))^2)
  let (y36, t37) = linearize((v39: [a1]) => min[a2 where (sin(real(2 + 2 * a1)) < 1.837) else 0.437](u27[+a0, +a1, +a2] + 0.0113 * real(a2)), f64(tanh(((tanh(u27[+a0]) @[a0] y25[+a0, +a2]) @[a2] sigmoid(v33[+a2])))))
  let u38 = t37(f64(tanh((if ((2 + 2 * a1) mod 2 < 2) then v35[a0: 0, a2: 4] else ((1.2 + tanh(u27)^2)^0.7)))))
  (r0: f64(real(sum[a1]((0 + 2 * a1)))))
}
experiment e() {
  let d0: f64[a2] = load("d0.npy")
  let d1: a1[] = load("d1_below1.npy")
  let net = Main[]
  print(net(d0, d1))
}

