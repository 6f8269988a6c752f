// --precision f64
use nn
axis a0 = 7
axis a1 = #a0
axis a2 = 5
axis a3 = (a3_0, a3_1, a3_2, a3_3)
axis a4 = #a2
block B0[k1, k2](x3: [a4]) -> [] {
  param w4: [a1, k2] = ones[a1, k2]
  let v5 = (tanh(softplus(tanh(sqrt(0.4 + (1.237 * ones[k1])^2)))) @[k1] x3[+a2, +k1][a2: int(a4)])
  axis s6 = #k2
  0 * sum(x3) + 0.837
}
fn f7(x8: [a4], x9: [a2], x10: a3[a3, a4]) -> [a0, a2] {
  let y12 = for i13 in a0 {
    let v14 = acos(0.7 * sin(tanh(softplus(((1.2 + sin(real(2 + 1 * a1 + 2 * a4))^2)^0.7)))[a4: wrap(a4 - 3)]))
    yield tanh((((x9 / (1.1 + x9^2)) * sigmoid(sin(real(0 + 1 * a2)))) * stop(real((1 + 2 * a2)))))
  }
  var s15 = tanh(x8[+a3])
  if (((1) mod 2 < 2) or ((0) mod 2 < 2)) {
    var s17 = tanh(grad((v16: []) => (v16 + v16))(tanh(min(0.0171 + 1.537, 1.637))))
    for i18 in a3 {
      s17 = tanh((((acos(0.7 * sin(x9)) @[a2] max[a0](s17[+a0, +a2] + 0.0113 * real(a0))) / #a2) - s17))
    }
    let v19 = (log1p(s17^2) + erfc(tanh((if s17 > 0.0193 then sqrt(s17) else (s17 - s17)))))
    s15 = s15
  }   else {
    s15 = tanh(x8[+a3])
  }
  x9[+a0]
}
block Main(x20: f64[a0], x21: i64[]) -> (r0: f64[a3]) {
  let y22 = for i23 in a2 {
    yield f64(tanh(sum[a3 -> a1: a1(sum[a2](x21[+a2, +a3]) mod #a1)](acos(0.7 * sin(sin(real(0 + 1 * a3))))[a3: clamp(a3 + 2)])))
  }
  let v26 = (if (mean[a0](atan(x20[+a1, +a3, +a4])) / (1.1 + (0.237 * ones[a1, a3, a4])^2)) > 0.0193 then sqrt((mean[a0](atan(x20[+a1, +a3, +a4])) / (1.1 + (0.237 * ones[a1, a3, a4])^2))) else (if any[a0]((((1 + 2 * a0) mod 3 < 2) and ((2) mod 3 < 2))) then grad((v24: []) => v24)(f64((0.237 * ones[a3, a3'])[a3': int(a3)])) else softplus((checkpoint { let u25 = (1.337 * ones[a4]); sin(real(0 + 3 * a3)) }))))
  let (y27, t28) = jvp((v30: [a0, a1]) => tanh((cos((1.437 * ones[a4]))[a4: a4 - 3 else 0.637] * (sort[a1]((0.837 * ones[a1]) + 0.0113 * real(a1)) @[a1] (if ((1 + 1 * a1 + 1 * a4) mod 3 < 2) then (1.837 * ones[a1, a4]) else sin(real(0 + 1 * a1)))))), f64(tanh((x20 * 1.237)[a0: wrap(a0 + 2 * a1 - #a1 div 2)])), f64(tanh(((((1.537 * ones[a1, a4]) * (0.837 * ones[a1, a4])) @[a4] mean[a3](tanh(v26[+a0]))) / #a4))))
  let y31 = for i32 in a4 {
    let v33 = sin(real((int(((1 + 2 * a2 + 2 * a4) mod 3 < 2)) mod (2 + count_true[a0](((0 + 1 * a0 + 2 * a2 + 2 * a4) mod 2 < 1)) mod 5))))
    let v34 = all[a2](((0 + 3 * a2 + 2 * a3 + 2 * a4) mod 3 < 2))
    yield f64(0.037)
  }
  let v35 = t28[+a3]
  let h37 = hessian[a1 -> a0]((v38: [a1]) => (1.737 / (1.1 + sin(real(0 + 1 * a0))[a0: a0((1) mod #a0)]^2)))(f64(tanh((sum[a0 -> a1: a1((1 + 1 * a0) mod #a1)](x20) + (fix z36 = 0.4 * tanh(z36 + tanh((0.237 * ones[a1]))) + sin(real(1 + 3 * a1)) from sin(real(1 + 3 * a1)) within 1e-13 at most 200)))))
  (r0: f64(real((count_true[a4](any[a3'](((0 + 1 * a3 + 1 * a4 + 3 * a3') mod 3 < 2))) div (2 + sum[a2](int(((1 + 1 * a2 + 2 * a3) mod 3 < 2))) mod 5)))))
}
experiment e() {
  let d0: f64[a0] = load("d0.npy")
  let d1: i64[] = load("d1.npy")
  let net = Main[]
  print(net(d0, d1))
  print(grad((v: f64[a0]) => mean(tanh(net(v, d1).r0)))(d0))
}

