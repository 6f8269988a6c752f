// --precision f64
use nn
axis a0 = 4
axis a1 = 1
axis a2 = 3
axis a3 = 3
axis a4 = 9
fn f0[k1](x2: [], x3: [], x4: []) -> [a4] {
  let v5 = (not all[a2]((x2[+a2, +a3][a3: a3((1 + 2 * a1) mod #a3)] < 0.137)))
  let (y7, g8) = value_and_grad((v9: [k1]) => (tanh(sqrt(0.2 + var[k1](sinh(tanh(x3[+k1])) + 0.717 + real(k1)))) - x2))(tanh((tanh(grad((v6: [a4]) => x3)((1.237 * ones[a4]))) @[a4] x4[+a4][a4: clamp(a4 + 2 * k1 - #k1 div 2)])))
  (fix z11 = 0.4 * tanh(z11 + tanh((expm1(tanh(x4)) * (checkpoint { let u10 = (x3[+a4'] @[a4'] sin(real(1 + 2 * a4'))); sin(real(0 + 1 * a4))[a4: a4((0) mod #a4)] })))) + (if x3[+a4] > 0.0193 then sqrt(x3[+a4]) else (sin(real(2 + 2 * a4 + 2 * a4'))[a4': int(a4)] - x2[+a4'][a4' -> a4])) from (if x3[+a4] > 0.0193 then sqrt(x3[+a4]) else (sin(real(2 + 2 * a4 + 2 * a4'))[a4': int(a4)] - x2[+a4'][a4' -> a4])) within 1e-13 at most 200)
}
block Main(x12: f64[]) -> (r0: f64[], r1: a4[], r2: a2[]) {
  let v15 = mean[a1 where ((0 + 3 * a1) mod 3 < 1) else 1.837]((checkpoint { let u13 = tanh(norm[a2](x12[+a2, +a2'][a2': int(a2)] + 0.717 + real(a2))); grad((v14: [a1]) => (x12 + u13))(f64(u13[+a1'][a1' -> a1])) }))
  var s17 = f64(tanh((x12 + (fix z16 = 0.4 * tanh(z16 + tanh(x12)) + x12 from x12 within 1e-13 at most 200))))
  let y18 = for i19 in a1' {
    var s20 = f64(tanh(v15))
    let y21 = for i22 in a0 {
      s20 = f64(tanh(max[a3]((fix z23 = 0.4 * tanh(z23 + tanh((1.537 * ones[a3]))) + (x12 * (0.437 * ones[a3])) from (x12 * (0.437 * ones[a3])) within 1e-13 at most 200) + 0.0113 * real(a3))))
      yield f64(tanh((if all[a1]((s20[+a1] >= 0.537)) then (grad((v24: []) => x12)(f64(tanh(v15))) / (1.1 + v15^2)) else ((checkpoint { let u25 = v15[+a3, +a2']; x12 }) - (x12[+a3] @[a3] (1.037 * ones[a3]))))))
    }
    var s26 = f64(s20[+a2, +a1'][a1': i19][a2: a2((2 + 3 * a3) mod #a2)])
    for i27 in a4 {
      s26 = f64(tanh(sum[a1](grad((v28: [a1]) => s17)(f64(tanh((v15[+a1, +a3] - s20[+a1, +a3])))))))
      if (not ((1) mod 3 < 1)) { break }
    }
    s17 = f64(tanh(norm[a4](tanh(sqrt(0.4 + (0.137 * ones[a4])^2))[a4: #a4 - 1 - a4] + 0.717 + real(a4))))
    yield f64(mean[a3](s26))
  }
  let n29 = normal
  let v33 = (checkpoint { let u32 = grad((v30: [a1, a3]) => grad((v31: []) => x12)(f64(s17)))(f64(tanh((((0.537 * ones[a1, a3, a4]) @[a4] s17[+a3, +a4]) / #a4)))); (((1.537 * ones[a2, a3, a3']) + sin(real(1 + 3 * a2 + 2 * a3 + 1 * a3'))) @[a2] s17[+a2, +a3]) })[a3': int(a3)]
  let n34 = normal
  let v35 = v33[+a3'][a3: int(a3')]
  (r0: f64(((tanh(sum[a0 -> a3: argmax[a3](n34[+a0, +a3] + 0.0113 * real(a3))](x12[+a0])) @[a3] (1.337 * ones[a3])) + x12)), r1: argmax[a4](sin(real(2 + 1 * a4)) + 0.0113 * real(a4)), r2: a2((1) mod #a2))
}
experiment e() {
  let d0: f64[] = load("d0.npy")
  let net = Main[]
  print(net(d0))
}

