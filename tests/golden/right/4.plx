// --precision f64
use nn
axis a0 = 7
axis a1 = 1
axis a2 = 4
axis a3 = #a0
axis a4 = 33
fn f0[k1](x2: [], x3: [a0], x4: a3[k1]) -> [a0] {
  let v5 = ((not (((0 + 1 * k1) mod 2 < 2) or (((1 + 2 * k1) mod 3 < 2) and ((1 + 2 * k1) mod 3 < 1)))) or ((0 + 1 * k1) mod 2 < 1))
  var s6 = tanh(x2)
  var n7 = 0
  while n7 < 1 and s6 < 0.8537 {
    let v9 = tanh(((grad((v8: [k1]) => (if ((2) mod 3 < 2) then s6 else x2))(mean[k1'](s6[+k1, +k1'])) + reverse[k1](tanh(var[a3](x2[+a3, +k1])))) * ((s6[+k1, +k1'][k1': int(k1)] * x2[+k1]) - (if ((1 + 2 * k1) mod 2 < 1) then (if v5 then x2[+k1] else x2[+k1]) else s6[+k1]))))
    let r10 = (h: (if (s6 - s6) > 0.0193 then sqrt((s6 - s6)) else sum[a2 where ((1 + 2 * a2) mod 2 < 1)](s6[+a1][a1: (2 + 2 * a2) else 0.737])), c: s6)
    let r11 = 0.7 * r10 + 0.2 * r10
    s6 = tanh((checkpoint { let u12 = x2[+a3]; acos(0.7 * sin(r11.c)) }))
    n7 = n7 + 1
  }
  x2[+a0]
}
block Main(x13: f64[a3], x14: f64[]) -> (r0: f64[a4], r1: i64[a0, a3, a4], r2: i64[a1, a2]) {
  param w15: [] = 0.7
  param w16: [a0, a2] = 0.3 * normal[a0, a2]
  let (y18, t19) = linearize((v21: []) => atan((1.537 * ones[a0, a3])), f64((checkpoint { let u17 = (0.137 * ones[a2])[a2: wrap((2 + 3 * a1))]; rsqrt(0.6 + x14^2) })))
  let u20 = t19(f64(tanh(max(0.0171 + x14[+a4], x14[+a4])[a4: argmax[a4](x14[+a4] + 0.0113 * real(a4))])))
  var s22 = f64(tanh(w15))
  for i23 in 0..0 {
    let v24 = a2((1 + 1 * a1 + 1 * a3) mod #a2)
    let v26 = ((tanh(grad((v25: [a0]) => mean[a0, a3](y18))(f64(f0[a1](f64(w15), f64(x14[+a0]), a3((0 + 3 * a1) mod #a3))))) @[a0] tanh(((s22[+a0, +a1, +a2] @[a1] sin(real(2 + 3 * a1 + 1 * a2))) @[a2] (s22[+a2] / (1.1 + (0.037 * ones[a2])^2))))) / (1.1 + mean[a3](x13)^2))
    s22 = f64(tanh((if ((checkpoint { let u27 = v26[+a0]; s22 }) + x14) > 0.0193 then sqrt(((checkpoint { let u27 = v26[+a0]; s22 }) + x14)) else (w16[a0: 6, a2: 3] - (w15 / (1.1 + w15^2))))))
  }
  let (y28, g29) = value_and_grad((v30: [a3, a4]) => s22)(f64((1.637 * ones[a3, a4])))
  var s31 = f64(tanh(x14[+a0]))
  let y32 = for i33 in a3 {
    var s34 = f64(tanh(g29[a3: 0]))
    if ((0) mod 3 < 1) {
      s34 = f64(tanh(((w15[+a2] @[a2] min[a3](max(0.0171 + x13[+a2, +a4], x14[+a2, +a3, +a4]) + 0.0113 * real(a3))) / #a2)))
    }
    s31 = f64(mean[a3](y18))
    yield f64((tanh(grad((v35: [a0]) => w15)(f64(w15[+a0])))[a0: #a0 - 1 - a0] * s31[+a0'][a0': int(a0)]))
  }
  (r0: f64((((tanh((max(0.0171 + w15, y28) * g29[a4: 19])) + atan2(((1.3 + w15^2)^(-1.5)), (1.1 + w15^2))) @[a3] x13[+a4]) / #a3)), r1: int(any[a1]((((2 + 1 * a0 + 2 * a1 + 3 * a3 + 3 * a4) mod 2 < 2) or (((0 + 2 * a0 + 3 * a1) mod 2 < 2) and ((1 + 2 * a0 + 1 * a1) mod 3 < 1))))), r2: (0 + 2 * a1 + 2 * a2))
}
experiment e() {
  let d0: f64[a3] = load("d0.npy")
  let d1: f64[] = load("d1.npy")
  let net = Main[]
  print(net(d0, d1))
  let slope = grad((m) => mean(tanh(m(d0, d1).r0)))(net)
  print(norm(slope))
  print(grad((v: f64[a3]) => mean(tanh(net(v, d1).r0)))(d0))
}

