// --precision f64
use nn
axis a0 = 2
axis a1 = 9
axis a2 = 1
axis a3 = 8
block B0[k1, k2, k3](x4: [k3]) -> [a1, a2] {
  param w5: [] = 0.7
  param w6: [k1] = 0.3 * normal[k1]
  let (y8, t9) = linearize((v11: [a3]) => min[a3]((w5[+a3, +a3'][a3': int(a3)] * log1p(w5[+a3]^2)) + 0.0113 * real(a3)), reverse[a3](tanh(grad((v7: [a3]) => w5)(w5[+a3]))))
  let u10 = t9(tanh(abs(0.0713 + (w5[+a3] * w5[+a3]))))
  var s12 = sum[a2 -> k3: argmin[k3](x4[+a2] + 0.0113 * real(k3))](tanh(u10[+a1, +a2])[a1: a1 - 1 else 1.437])
  for i13 in 0..4 {
    let (y14, g15) = value_and_grad((v16: [k1, k2]) => cosh(tanh(grad((v17: []) => y8)(tanh(var[a3'](u10[+a3']))))))(tanh(((if (0.537 * ones[k1, k2]) > 0.0193 then sqrt((0.537 * ones[k1, k2])) else w5[+k1, +k2]) + (if ((0 + 2 * k2) mod 3 < 2) then y8[+k1, +k2] else y8[+k1, +k2]))))
    var s18 = real(int(a0((1 + 3 * a1 + 2 * k1) mod #a0)))
    for i19 in k1 {
      s18[k1: i19] = tanh(y14[+a1])
    }
    s12 = s12
    if (((2) mod 3 < 1) and (not ((2) mod 3 < 1))) { break }
  }
  let r20 = (h: mean[a2 where all[k3](((2 + 1 * a2 + 2 * k3) mod 2 < 2)) else 1.537]((tanh(y8[+a0, +a2]) @[a0] tanh(u10[+a0]))), c: prod[a0 where ((0 + 2 * k2) mod 3 < 2)](1.1 + (0.4 * tanh(u10[+a0, +a2, +k2]))))
  let r21 = 0.7 * r20 + 0.2 * r20
  r20.h[+a1, +a2]
}
fn f22[k23](x24: [a3], x25: [], x26: []) -> [] {
  let v27 = exp(tanh(sqrt(0.4 + (((x25[+a0] + x26[+a0]) @[a0] exp(tanh(x25[+a0]))) / #a0)^2)))
  var s29 = tanh((tanh(grad((v28: [a0]) => v27)(x25[+a0])) @[a0] (if v27[+a0, +a2] > 0.0193 then sqrt(v27[+a0, +a2]) else v27[+a0, +a2])))
  if all[k23](((2 + 3 * k23) mod 3 < 2)) {
    let v30 = all[a2](all[k23](((((1 + 2 * a1 + 2 * a2 + 3 * k23) mod 2 < 1) and ((1 + 3 * a1 + 3 * a2 + 2 * k23) mod 2 < 1)) and (not ((2 + 2 * a1 + 2 * a2 + 1 * k23) mod 2 < 2)))))
    s29 = tanh(max[a0](mean[a3]((0.837 * ones[a0, a2, a3, a2']))[a2': int(a2)] + 0.0113 * real(a0)))
  }
  let v31 = v27[+a2]
  0 * sum(x24) + (1.637 * ones[a1])[a1: argmin[a1](reverse[a1](tanh((v27[+a1] - x26[+a1]))) + 0.0113 * real(a1))]
}
fn f32[k33](x34: [a2, k33]) -> [a1] {
  let y35 = for i36 in a0 {
    let v37 = (((cosh(tanh(((0.337 * ones[a2, k33]) * x34))) @[k33] tanh(((x34 * x34) - (if ((1 + 2 * k33) mod 2 < 2) then sin(real(1 + 3 * a2 + 2 * k33)) else sin(real(1 + 2 * a2 + 1 * k33)))))) / #k33) + softmax[a2 where any[a3](((0 + 1 * a2 + 1 * a3) mod 3 < 1))](sin(real(1 + 2 * a2))))
    var s38 = tanh((((if sin(real(2 + 3 * a0 + 3 * k33)) > 0.0193 then sqrt(sin(real(2 + 3 * a0 + 3 * k33))) else (1.137 * ones[a0, k33])) @[k33] sum[a1](sin(real(1 + 1 * a0 + 3 * a1 + 2 * k33)))) / #k33))
    for i39 in a0 {
      s38[a0: i39] = tanh((erfc(real((0))) - 0.237))
    }
    yield mean[a0](s38)
  }
  let (y40, g41) = value_and_grad((v42: [a2]) => f22[a3]((tanh((y35[+a3] * (0.137 * ones[a0, a3]))) @[a0] tanh((y35 - y35))), 0.537, stop((1.337 * ones[a1])[a1: a1((2) mod #a1)])))(atan(max(0.0171 + sin(real(2 + 2 * a2)), sin(real(1 + 1 * a2)))))
  y40[+a1]
}
block Main(x43: f64[a1, a2]) -> (r0: f64[]) {
  param w44: [] = 0.7
  let r45 = (h: real((1 + 2 * a0 + 1 * a3)), c: sum[a0 where ((2 + 2 * a0) mod 3 < 2)](max(0.0171 + (w44[+a0, +a2] * w44[+a0, +a2]), w44[+a0, +a2])))
  let r46 = 0.7 * r45 + 0.2 * r45
  let n47 = categorical[a1]((1.737 * ones[a1]))
  let v49 = ((1.637 * ones[a3]) @[a3] tanh(grad((v48: [a0, a3]) => (-w44))(f64((w44[+a2] @[a2] tanh(r45.h[+a2]))))))[a0: sum[a2](count_true[a1](all[a3](((0 + 2 * a1 + 1 * a2 + 1 * a3) mod 3 < 2)))) else 0.237]
  let net50 = B0[a1, a2, a0]
  let y51 = for i52 in a1 {
    var s53 = f64(tanh(v49))
    var n54 = 0
    while n54 < 3 and s53 < 0.8537 {
      s53 = f64(tanh((sqrt(0.2 + var[a2](min(0.0171 + s53[+a2], w44[+a2]) + 0.717 + real(a2))) * (x43[a1: 2] @[a2] sum[a0 -> a2: a2((2 + 3 * a0) mod #a2)]((1.237 * ones[a0]))))))
      n54 = n54 + 1
    }
    let (y55, t56) = vjp((v58: []) => v49[+a1][a1: n47[+a0, +a3]], f64(tanh(acos(0.7 * sin(w44[+a2]))[a2: a2((0) mod #a2)])))
    let u57 = t56(f64(tanh(v49[+a0][a0: clamp(a0 + 1 * a3' - #a3' div 2)][a3' -> a3])))
    yield f64(w44[+a0])
  }
  (r0: f64(r46.c[a2: 0]))
}
experiment e() {
  let d0: f64[a1, a2] = load("d0.npy")
  let net = Main[]
  print(net(d0))
  let slope = grad((m) => mean(tanh(m(d0).r0)))(net)
  print(norm(slope))
  print(grad((v: f64[a1, a2]) => mean(tanh(net(v).r0)))(d0))
}

