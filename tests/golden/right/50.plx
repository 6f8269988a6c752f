// --precision f64
use nn
axis a0 = 7
axis a1 = #a0
axis a2 = 17
block Main(x0: f64[a2], x1: i64[a0], x2: a2[]) -> (r0: f64[a1, a2], r1: i64[a1, a2]) {
  let v4 = (((sin(real(2 + 3 * a1)) / (1.1 + erfc(sin(real(0 + 3 * a1)))^2)) @[a1] max[a1 -> a0: a0((1 + 3 * a1) mod #a0) else 1.837]((0.837 * ones[a1]))[a0 -> a1]) - ((tanh(grad((v3: [a2]) => 0.137)(f64((1.037 * ones[a2])))[a2: a2(x1 mod #a2)]) @[a0] (((1.637 * ones[a0]) * 0.337) - sin(real(1 + 2 * a0)))) / #a0))
  let v5 = ((not (not ((0 + 2 * a0 + 3 * a1 + 3 * a2) mod 3 < 2))) and (((2 + 2 * a0 + 2 * a1 + 1 * a2) mod 3 < 2) or ((0 + 3 * a0 + 3 * a1 + 2 * a2) mod 2 < 2)))
  let (y8, t9) = linearize((v11: []) => (if (not (((0) mod 2 < 1) or ((2) mod 3 < 1))) then real(((2) + (1))) else ((clamp((1.837 * ones[a2]), -0.713, 0.877) @[a2] v11[+a2, +a2'][a2': int(a2)]) / #a2)), f64(tanh(v4)))
  let u10 = t9(f64(tanh(grad((v7: []) => (v4 - v7))(f64(((tanh(v4[+a2]) @[a2] x0) / #a2))))))
  var s12 = f64(tanh(y8))
  var n13 = 0
  while n13 < 4 and s12 < 0.8537 {
    let (y14, t15) = jvp((v17: [a0, a1]) => (if ((1 + 2 * a1 + 2 * a2) mod 2 < 1) then sum[a0 -> a2: x2[+a0]](v17) else v4), f64(tanh(mean[a2](s12[+a0, +a1, +a2]))), f64(sin(real(1 + 3 * a0 + 1 * a1))))
    s12 = f64(tanh(u10))
    n13 = n13 + 1
  }
  (r0: f64(s12[+a1, +a2]), r1: n13[+a1, +a2])
}
experiment e() {
  let d0: f64[a2] = load("d0.npy")
  let d1: i64[a0] = load("d1.npy")
  let d2: a2[] = load("d2_below17.npy")
  let net = Main[]
  print(net(d0, d1, d2))
}

