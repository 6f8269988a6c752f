// --precision f64
use nn
axis a0 = 1
axis a1 = 3
axis a2 = #a1 * #a0
axis a3 = 3
fn f0[k1](x2: [a2], x3: a2[a0], x4: a1[a3]) -> [a2, k1] {
  let v5 = expm1(tanh(((mean[a2](x2))^2)))
  var s6 = tanh(((if v5 > 0.0193 then sqrt(v5) else v5) - (if ((1) mod 3 < 1) then v5 else v5)))
  for i7 in 0..2 {
    let v8 = (1 + 2 * a0 + 3 * a2 + 2 * a3)
    let v9 = ((atan2(stop(sin(real(0 + 3 * a2))), (1.1 + s6[+a0][a0: a0((0) mod #a0)]^2)) @[a2] sinh(tanh(v5[+a0, +a2, +k1, +a1']))[k1: k1 + 1 * a1 - #a1 div 2 else 0]) / #a2)[a1': int(a1)]
    s6 = tanh(v5)
  }
  var s10 = tanh(((s6[+k1, +k1'][k1': int(k1)] @[k1] v5[+k1]) / #k1))
  let y11 = for i12 in a0 {
    let r13 = (h: v5, c: erfc(s6[+a0, +a3])[a0: a0((2) mod #a0)][a3: argmin[a3](mean[k1'](sin(real(2 + 3 * a3 + 1 * k1'))) + 0.0113 * real(a3))])
    let r14 = 0.7 * r13 + 0.2 * r13
    s10 = tanh(sum[a3](sum[a2 -> k1': k1'((2 + 1 * a2) mod #k1')](s10[+a2])[k1': k1'((0 + 2 * a3) mod #k1')]))
    yield r14.c
  }
  v5[+a2, +k1]
}
block B15[k16, k17, k18](x19: [a0, k18], x20: a1[], x21: [a2]) -> [a1, a2] {
  let y22 = for i23 in a3 {
    let v24 = (x21[+a1, +k18] - ((1.3 + (min[a0](x21[+a0, +a1, +k18] + 0.0113 * real(a0)) - x21[+a0, +a1][a0: a0((2 + 2 * k18) mod #a0)])^2)^(-1.5)))
    var s25 = tanh(sum[a3 -> a0: a0((1 + 3 * a3) mod #a0)]((sin(real(0 + 1 * a0 + 3 * a3)) @[a0] (1.637 * ones[a0]))))
    for i26 in a0 {
      s25[a0: i26] += tanh(((logsumexp[a2]((fix z27 = 0.4 * tanh(z27 + tanh(x21[+k17])) + x21[+k17] from x21[+k17] within 1e-13 at most 200)) @[k17] (sum[a3 where ((1 + 3 * a3 + 3 * k17) mod 2 < 1)]((0.437 * ones[a3, k17])) / (1.1 + (0.537 * (1.537 * ones[k17]))^2))) / #k17))
      if ((0) mod 3 < 2) { break }
    }
    yield sin(real(0 + 2 * a1 + 1 * k17))
  }
  var s28 = 1.637
  if ((0) mod 3 < 2) {
    var s29 = tanh(sum[a3]((sin(real(2 + 1 * a3)) - (0.437 * ones[a3]))))
    for i30 in k16 {
      s29 = s28
    }
    let v31 = (((s29[+a3, +a0'] + sin(real(1 + 1 * a3 + 3 * a0'))) @[a3] s29[+a0, +a3, +a0'])[a0': int(a0)] - s29[+a0, +k17][k17: k17((1) mod #k17)])
    s28 = s28
  }
  s28[+a1, +a2]
}
block B32[k33, k34](x35: [a0, a1]) -> [] {
  let net36 = B15[k34, a1, a3]
  var s37 = sin(real(0 + 1 * a1))[a1: a1((0 + 2 * k34) mod #a1)][k34: clamp(k34 + 3)]
  s37[k34: k34((0) mod #k34)] = tanh(mean[a1 where (not ((2 + 1 * a1) mod 3 < 2)) else 1.837](sigmoid(((0.737 * ones[a1]) + softmax[a1 where ((0 + 2 * a1) mod 3 < 1)]((1.737 * ones[a1]))))))
  let net38 = B15[a1, a3, k34]
  0 * sum(x35) + sigmoid(((if (((0) mod 3 < 2) or ((1) mod 3 < 1)) then log(1.3 + 0.237^2) else (1.737 * ones[k33])[k33: k33((1) mod #k33)]) + ((0.337 + 1.237) / (1.1 + 1.337^2))))
}
block Main(x39: f64[a2], x40: f32[], x41: a2[a0, a3]) -> (r0: f64[], r1: f64[]) {
  param w42: [] = 0.7
  param w43: [a0] = ones[a0]
  let h44 = hessian[a3 -> a3']((v45: [a3]) => (if (not ((0) mod 3 < 1)) then (checkpoint { let u46 = x39[+a3]; w42 }) else real((1))))(f64(tanh(((sum[a3' -> a2: a2((2 + 2 * a3') mod #a2)]((1.237 * ones[a3'])) @[a2] w42[+a0, +a2, +a3][a0: a0((1) mod #a0)]) / #a2))))
  let (y48, t49) = vjp((v51: []) => sum[a0 where ((1 + 3 * a0) mod 2 < 2)](grad((v52: [a0]) => (v51 + x40))(f64(tanh(sum[a1 -> a0: a0((0 + 1 * a1) mod #a0)](v51[+a1]))))), f64(tanh((w42 * grad((v47: []) => w42)(f64(w42))))))
  let u50 = t49(f64(x40))
  let v53 = (tanh((u50[+a0, +a1, +a2] * x40[+a0, +a1, +a2])) * (if (not ((1 + 1 * a0) mod 3 < 1)) then (tanh((if w42[+a3'] > 0.0193 then sqrt(w42[+a3']) else u50[+a3'])) @[a3'] tanh(((1.037 * ones[a0, a1, a2, a3']) - y48[+a0, +a1, +a2, +a3']))) else expm1(tanh(cumsum[a1](x40[+a1])))))
  let v55 = (x39 + tanh((u50[+a2] * (grad((v54: []) => x40)(f64(tanh(y48[+a2]))) + (if ((1 + 2 * a2) mod 2 < 2) then w42[+a2] else x40)))))
  var s56 = f64(tanh(sum[a3' -> a1: a1((1 + 1 * a3') mod #a1)](tanh(max[a3](h44 + 0.0113 * real(a3))))))
  for i57 in a3 {
    var s58 = f64(tanh((tanh(sqrt(0.4 + w42^2)) + real((2)))))
    let y59 = for i60 in a0 {
      s58 = f64(asin(0.8 * tanh(((-x39) @[a2] tanh((u50[+a2] + softmax[a2 where ((2 + 2 * a2) mod 3 < 1)](x40[+a2])))))))
      yield f64(tanh((((w42[+a3] @[a3] sin(real(1 + 2 * a3))))^2)))
    }
    s56 = f64(tanh(x40[+a1]))
  }
  (r0: f64(w42), r1: f64(u50))
}
experiment e() {
  let d0: f64[a2] = load("d0.npy")
  let d1: f32[] = load("d1.npy")
  let d2: a2[a0, a3] = load("d2_below3.npy")
  let net = Main[]
  print(net(d0, d1, d2))
}

