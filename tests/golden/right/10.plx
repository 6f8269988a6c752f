// --precision f64
use nn
axis a0 = 7
axis a1 = 2
axis a2 = 3
axis a3 = #a2
axis a4 = 3
fn f0[k1, k2](x3: []) -> [] {
  let v4 = logsumexp[a0](x3[+a0, +a1, +a3, +a4])
  let v5 = (tanh(sum[k2 -> a4: a4((2 + 3 * k2) mod #a4)](x3[+a0, +k2])) @[a0] x3[+a0, +k1, +k2])
  0 * x3 + sqrt(0.2 + var[a1](min[a2]((0.437 * ones[a1, a2]) + 0.0113 * real(a2)) + 0.717 + real(a1)))
}
fn f6(x7: [a3, a4]) -> [a2, a3] {
  let v8 = sum[a4](count_true[a3](any[a0](((1 + 2 * a0 + 3 * a1 + 3 * a2 + 1 * a3 + 2 * a4) mod 3 < 1))))
  let y9 = for i10 in a1 {
    var s11 = tanh(((1.437 * ones[a1]) @[a1] sin(real(1 + 2 * a1 + 3 * a4)))[a4: a4 - 3 else 0.837])
    s11[a4: argmin[a4]((if s11 > 0.0193 then sqrt(s11) else s11) + 0.0113 * real(a4))] += tanh((0.437 / (1.1 + exp(tanh(max[a2]((1.137 * ones[a2]) + 0.0113 * real(a2))))^2)))
    let v13 = sum[a0 -> a1: a1((2 + 3 * a0) mod #a1)]((tanh((max(0.0171 + (1.837 * ones[a0, a2]), sin(real(2 + 2 * a0 + 1 * a2))) - grad((v12: [a0, a2]) => 1.737)((1.437 * ones[a0, a2])))) @[a2] tanh(f0[a1, a4](sin(real(0 + 3 * a2)))[a2: wrap(a2 + 2 * a4 - #a4 div 2)])))
    yield (fix z15 = 0.4 * tanh(z15 + tanh((cummax[a3](sin(real(1 + 2 * a3)) + 0.0113 * real(a3)) @[a3] tanh(f0[a1, a1](sin(real(0 + 1 * a3))))))) + stop((checkpoint { let u14 = sin(real(2 + 3 * a1)); 0.437 })) from stop((checkpoint { let u14 = sin(real(2 + 3 * a1)); 0.437 })) within 1e-13 at most 200)
  }
  let v16 = int(a1((2) mod #a1))
  (tanh((log1p((0.237 * ones[a2, a3, a4'])^2) + sum[a1 -> a4': a4'((0 + 3 * a1) mod #a4')](sin(real(2 + 1 * a1 + 3 * a2 + 1 * a3))))[a4' -> a4]) @[a4] (1.737 * ones[a4]))
}
block Main(x17: f64[a3]) -> (r0: f64[]) {
  param w18: [] = 0.7
  var s19 = f64((1.437 * ones[a4]))
  for i20 in a4 {
    var s21 = f64(reverse[a1](((1.3 + s19[+a1]^2)^(-1.5))))
    for i22 in a2 {
      s21 = f64(tanh((cumprod[a4](1.1 + 0.2 * tanh(tanh((w18[+a1, +a2] @[a2] w18[+a2, +a4])))) + tanh((((w18[+a1] * s21))^2)))))
      if ((0) mod 2 < 1) { break }
    }
    let v23 = min[a2](((s19[+a1, +a2][a4: i20[+a3]] * (w18[+a1, +a2, +a3] / (1.1 + w18[+a1, +a2, +a3]^2))) + softmax[a1 where (w18[+a1, +a2, +a3] >= 1.637)](f6(f64(tanh(relu(0.137 + x17[+a1, +a4])))))) + 0.0113 * real(a2))
    s19[a4: i20] = f64(tanh(cosh(tanh(max(0.0171 + (w18 + w18), (w18[+a0] @[a0] sin(real(2 + 2 * a0))))))))
    if (logsumexp[a3](w18[+a3]) < 1.437) { break }
  }
  var s24 = f64(one_hot[a3](a3((0) mod #a3)))
  for i25 in 0..4 {
    let (r26, r27) = (w18[+a2], (sum[a3 where (w18[+a0] < 1.437)]((cumsum[a0](w18[+a0, +a3]) - (w18[+a0, +a1, +a3] + s24[+a0, +a1]))) / #a3))
    let v29 = (if max(0.0171 + max[a2 -> a4: argmin[a4](s19[+a2] + 0.0113 * real(a4)) else 1.037](tanh(grad((v28: [a2, a3]) => w18)(f64(s24[+a2])))), cosh((0.437 * ones[a4])[a4: clamp(a4 + 1 * a3 - #a3 div 2)])) > 0.0193 then sqrt(max(0.0171 + max[a2 -> a4: argmin[a4](s19[+a2] + 0.0113 * real(a4)) else 1.037](tanh(grad((v28: [a2, a3]) => w18)(f64(s24[+a2])))), cosh((0.437 * ones[a4])[a4: clamp(a4 + 1 * a3 - #a3 div 2)]))) else f0[a1, a0](f64(tanh(x17[+a4, +a4'][a4': int(a4)]))))
    s24 = f64(tanh(((if (s24 + softmax[a3 where ((0) mod 2 < 2)](x17)) > 0.0193 then sqrt((s24 + softmax[a3 where ((0) mod 2 < 2)](x17))) else mean[a4'](s24[+a4'])) + sin(grad((v30: [a3]) => w18)(f64(w18[+a3]))))))
    if (not (not ((1) mod 2 < 2))) { break }
  }
  (r0: f64(s24[a3: 0]))
}
experiment e() {
  let d0: f64[a3] = load("d0.npy")
  let net = Main[]
  print(net(d0))
}

