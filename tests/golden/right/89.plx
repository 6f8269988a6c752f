// --precision f64
use nn
axis a0 = 4
axis a1 = 1
axis a2 = 2
axis a3 = 3
fn f0[k1, k2](x3: [k1, k2], x4: bool[], x5: [a3, k2]) -> [] {
  let (y7, t8) = vjp((v10: [a3, k2]) => mean[a3](atan2(log(1.3 + sin(real(1 + 2 * a3 + 2 * k1))^2), (1.1 + (0.437 * ones[a3, k1])^2))), tanh(((x5 + x5) * (fix z6 = 0.4 * tanh(z6 + sin(real(2 + 2 * a3 + 2 * k2))) + x5 from x5 within 1e-13 at most 200))))
  let u9 = t8(min[k2](sin(real(2 + 2 * a2 + 3 * k1))[a2: a2((0 + 3 * k2) mod #a2)] + 0.0113 * real(k2)))
  let (r11, r12) = (mean[k1, k2](x3), (((sin(real(0 + 3 * a1)) - (1.637 * ones[a1])) / (1.1 + (sin(real(1 + 3 * a1 + 1 * a2)) @[a2] (0.337 * ones[a2]))^2)) @[a1] tanh(round(0.0137 + 3.1 * (0.437 + y7[+a0, +a1])))))
  r11[+a2][a2: a2((0) mod #a2)]
}
block B13[k14, k15](x16: [a2], x17: [], x18: i64[a2]) -> [a2, a3] {
  param w19: [a2, a3] = ones[a2, a3]
  param w20: [a0, a2] = 0.3 * normal[a0, a2]
  let r21 = (h: ((if (1.537 * ones[a2]) > 0.0193 then sqrt((1.537 * ones[a2])) else x17) + softmax[a2](x17[+a2]))[a2: clamp(int((((0) mod 2 < 2) or ((1) mod 2 < 1))))], c: stop((atan2(x17, (1.1 + x17^2)) * (1.737 * ones[k15])[k15: k15((2) mod #k15)])))
  let r22 = 0.7 * r21 + 0.2 * r21
  softmax[a2](tanh(grad((v24: [a2, a3]) => x16[a2: 1])(tanh(grad((v23: [a2, a3]) => (if ((0) mod 2 < 1) then r22.c else r22.c))(tanh((x17[+a2, +a3] + (0.737 * ones[a2, a3]))))))))
}
block Main(x25: f64[], x26: f64[a1]) -> (r0: f64[]) {
  param w27: [] = 0.7
  var s28 = f64(tanh((cumprod[a1](1.1 + 0.2 * tanh(w27[+a1])) * prod[a3 -> a1: a1((2 + 3 * a3) mod #a1)](1.1 + (0.4 * tanh(w27[+a3]))))))
  for i29 in a1 {
    let v30 = count_true[a3]((w27[+a3] >= 0.337))
    let y31 = for i32 in a1 {
      yield f64(x25[+a0, +a2])
    }
    s28[a1: i29] += f64(tanh(min(0.0171 + (if (((0) mod 2 < 1) or ((0) mod 2 < 1)) then erf(w27) else (x25 - x25)), (if ((2 + 2 * a3) mod 3 < 1) then w27[+a3] else x25)[a3: a3((1) mod #a3)])))
  }
  let v33 = a2((0 + 1 * a2 + 3 * a3) mod #a2)
  var s34 = f64(tanh(x25[+a1, +a2]))
  if ((0) mod 3 < 2) {
    let y35 = for i36 in a3 {
      yield f64(tanh((acos(0.7 * sin((if ((0 + 2 * a1 + 1 * a2) mod 3 < 2) then x25[+a1, +a2] else s34))) - (sum[a3](x25[+a1, +a2, +a3]) * cummax[a1]((0.137 * ones[a1, a2]) + 0.0113 * real(a1))))))
    }
    let y37 = for i38 in a1 {
      yield f64((tanh(sum[a2]((x26[+a0] @[a1] s34[+a0]))) @[a0] ((1.837 * ones[a0]) / (1.1 + w27^2))[a0: wrap(a0 - 2)]))
    }
    s34 = f64(sign(0.0137 + relu(0.137 + (x26[+a2] / (1.1 + w27[+a1]^2)))))
  }   else {
    s34 = f64(tanh(real(sum[a0](((0 + 1 * a0 + 1 * a1 + 3 * a2) - (1 + 1 * a0 + 2 * a1))))))
  }
  let net39 = B13[a1, a2]
  (r0: f64(sum[a0](cosh(tanh(grad((v40: [a1]) => x25)(f64(s28))))[a1: argmax[a1]((s28[+a0] * w27[+a0, +a1]) + 0.0113 * real(a1))])))
}
experiment e() {
  let d0: f64[] = load("d0.npy")
  let d1: f64[a1] = load("d1.npy")
  let net = Main[]
  print(net(d0, d1))
}

