// --precision f64
use nn
axis a0 = 5
axis a1 = 8
axis a2 = 7
axis a3 = #a2 + #a0
axis a4 = 17
axis a5 = #a2 * #a0
fn f0[k1, k2, k3](x4: [a2, a3], x5: [], x6: []) -> [k2] {
  let v9 = (if (any[a1]((((1 + 1 * a1) mod 2 < 1) and ((1 + 1 * a1) mod 3 < 1))) and (grad((v7: []) => v7)(x6) >= 0.837)) then x4[a2: 3, a3: 11] else ((((if x6[+a3] > 0.0193 then sqrt(x6[+a3]) else (1.437 * ones[a3])) / (1.1 + clamp(x6, -0.713, 0.877)^2)) @[a3] tanh(grad((v8: [a3]) => x6)(sin(real(0 + 2 * a3))))) / #a3))
  var s10 = (0.837 * ones[a2, k2])
  for i11 in 0..0 {
    let v12 = k2((2 + 3 * k1 + 2 * k2) mod #k2)
    var s13 = tanh(x5[+a5])
    let y14 = for i15 in k1 {
      s13 = tanh(prod[a2](1.1 + (0.4 * tanh(((1.337 * ones[a2, a5]) + grad((v16: [a2, a5]) => x5)(tanh(v9[+a2, +a5])))))))
      yield tanh(grad((v17: [a5]) => min(0.0171 + (x5 / (1.1 + v9^2)), v9[+a0][a0: wrap((0))]))(x5[+a5]))
    }
    s10 = tanh(expm1(softmax[a2](v9[+a2, +k2])[k2: k2 - 2 else 1.337]))
  }
  let v18 = real((count_true[a0](((2 + 2 * a0) mod 3 < 1)) div (2 + sum[a3]((1 + 2 * a3)) mod 5)))
  ((v9[+k2, +a2'] @[a2'] x6[+k2, +a2']) / #a2')
}
fn f19[k20, k21, k22](x23: [a1, a3], x24: [], x25: [a3]) -> [a1] {
  axis s26 = #a5
  let v27 = s26(sum[a1](int(argmax[a5](x24[+a1, +a5] + 0.0113 * real(a5)))) mod #s26)
  var s28 = tanh(f0[a0, k21', a0](sin(real(2 + 2 * a2 + 2 * a3)), x24, x24)[k21' -> k21])
  if ((0) mod 2 < 2) {
    let v29 = tanh(sqrt(0.4 + tanh(cumsum[a1](cumprod[a1](1.1 + 0.2 * tanh((sin(real(0 + 1 * a1 + 3 * k21 + 3 * k21')) + x24[+a1, +k21, +k21'])))))^2))
    let v30 = ((tanh(concat[a2, a0 -> a3](sigmoid(x24[+a2]), f0[k21, a0, k21'](x25[+a2], x24, x24))[a3: int(a2)]) @[a2] max(0.0171 + min(0.0171 + x24[+a2'], x24[+a2']), x24[+a2, +a2'][a2: int(a2')])[a2' -> a2]) / #a2)
    s28 = tanh(real((1 + 3 * k21)))
  }
  sum[a0](sin(real(1 + 2 * a0 + 3 * a1)))
}
block Main(x31: f64[a0, a2], x32: f64[a2]) -> (r0: f64[a2, a4]) {
  param w33: [a1, a2] = ones[a1, a2]
  let v34 = ((0 + 2 * a1 + 3 * a2 + 3 * a5) div (2 + (0 + 3 * a1 + 1 * a2 + 1 * a5) mod 5))
  var s36 = f64((checkpoint { let u35 = sum[a0](sin(real(0 + 3 * a0 + 2 * a5))); (0.637 * ones[a4])[a4: (1) else 0.037] }))
  if ((not (((0) mod 3 < 2) and ((0) mod 2 < 2))) and (grad((v37: []) => v37)(f64(s36)) >= 0.237)) {
    let v38 = ((0 + 1 * a0 + 3 * a4 + 1 * a5) mod 2 < 2)
    var s39 = f64(tanh(real((1 + 2 * a3))))
    var n40 = 0
    while n40 < 1 and any[a0](((0 + 1 * a0) mod 2 < 1)) {
      s39 = f64(s36[+a3, +a3'][a3': a3' - 3 else 0.737][a3: a3 - 2 else 0.737][a3': int(a3)])
      n40 = n40 + 1
    }
    s36 = f64(tanh(((tanh(sqrt(0.4 + s36[+a1]^2)) @[a1] (s36[+a1] / (1.1 + s36[+a1]^2))) - sigmoid(sinh(s36)))))
  }   else {
    s36 = f64(tanh((sum[a5](((((x31 @[a0] x32[+a0, +a5]) / #a0) @[a2] (fix z41 = 0.4 * tanh(z41 + tanh(x32)) + (0.737 * ones[a2]) from (0.737 * ones[a2]) within 1e-13 at most 200)) / #a2)) / #a5)))
  }
  var s42 = f64(tanh((s36[+a5][a5 -> (a2, a0)] @[a0] s36[+a2, +a0'][a0' -> a0])))
  var n43 = 0
  while n43 < 4 and ((((0) mod 2 < 2) and ((1) mod 2 < 2)) and (s36 < 1.237)) {
    var s44 = f64(tanh((sigmoid(s36[+a0, +a1]) @[a1] s36[+a1, +a4, +a1'][a1': int(a1)])))
    for i45 in a4 {
      s44[a4: a4((2) mod #a4)] = f64(tanh((stop(f0[a2, a0, a0'](f64(s42[+a3]), f64(s36), f64(s36))) + softmax[a0 where (not ((0 + 3 * a0) mod 3 < 2))](cosh(s36[+a0, +a0'])[a0': int(a0)]))))
    }
    s42 = f64(tanh((tanh((checkpoint { let u46 = atan2(s42, (1.1 + (1.637 * ones[a2])^2)); (s36[+a2] @[a2] s36[+a0, +a2]) })) @[a0] tanh(x32[+a0]))))
    n43 = n43 + 1
  }
  let v48 = grad((v47: []) => sin(s36))(f64(tanh(real(int(argmin[a0](sin(real(1 + 3 * a0)) + 0.0113 * real(a0)))))))
  (r0: f64((if ((1 + 1 * a2 + 3 * a4) mod 3 < 2) then (v48[+a3] / (1.1 + s36[+a3]^2))[a3: clamp(a3 + 1 * a4 - #a4 div 2)][a3: int(a2)] else max(0.0171 + (s42[+a4] + softmax[a4 where ((0 + 3 * a2) mod 3 < 1)](tanh(v48[+a2, +a4]))), (0.337 * ones[a2, a4])))))
}
experiment e() {
  let d0: f64[a0, a2] = load("d0.npy")
  let d1: f64[a2] = load("d1.npy")
  let net = Main[]
  print(net(d0, d1))
}

