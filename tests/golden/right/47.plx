// --precision f64
use nn
axis a0 = 8
axis a1 = 7
axis a2 = (a2_0, a2_1, a2_2, a2_3)
axis a3 = #a2
axis a4 = (a4_0, a4_1)
fn f0[k1](x2: []) -> [a2] {
  let (y3, t4) = linearize((v6: []) => v6, atan((x2 - x2)))
  let u5 = t4(tanh(sum[a0 -> k1: k1((1 + 1 * a0) mod #k1)]((1.337 * ones[a0]))[k1: k1((0) mod #k1)]))
  let v7 = sinh(tanh((mean[a0]((y3[+a0, +a2, +a4] + (1.237 * ones[a0, a2, a4]))) - (if atan(sin(real(2 + 1 * a2 + 3 * a4))) > 0.0193 then sqrt(atan(sin(real(2 + 1 * a2 + 3 * a4)))) else tanh(round(0.0137 + 3.1 * u5[+a2, +a4]))))))
  max[a4 where (all[a1](((0 + 3 * a1 + 1 * a2 + 1 * a4) mod 2 < 1)) or ((2 + 3 * a2 + 3 * a4) mod 2 < 2)) else 0.537](grad((v8: [a2, a4]) => ((v8[a4: 0] @[a2] cumprod[a2](1.1 + 0.2 * tanh(x2[+a2]))) / #a2))(tanh(((x2[+a2, +a4] - y3[+a4]) + softmax[a2 where ((1 + 1 * a2 + 3 * a4) mod 3 < 1)](tanh((if ((1 + 3 * a4) mod 2 < 1) then v7 else u5[+a4])))))) + 0.0113 * real(a4))
}
block Main(x9: f64[a2, a3], x10: i64[a3, a4], x11: f64[a0, a1]) -> (r0: f64[a1, a3], r1: f64[a0, a2, a3], r2: f64[a0, a1]) {
  param w12: [a0, a3] = uniform[a0, a3]
  axis s13 = #a1
  let v14 = ((2 + 3 * a1 + 3 * a4 + 3 * s13) div (2 + sum[a0]((1 + 3 * a0 + 1 * a4)) mod 5))
  axis s15 = #a3
  let v16 = (0.337 * ones[s13, s15])
  var s17 = f64(tanh((sinh(v16) - (1.637 + v16))))
  for i18 in s15 {
    let v20 = (norm[a4](tanh(((sin(real(1 + 3 * a2 + 3 * a4)) - sin(real(0 + 1 * a2 + 3 * a4))) * grad((v19: []) => v19)(f64((1.037 * ones[a4]))))) + 0.717 + real(a4)) - (mean[a1 where ((0) mod 3 < 1) else 0.237]((sin(real(1 + 3 * a1 + 3 * s15)) - (0.537 * ones[a1, s15]))) @[s15] tanh(((sin(real(0 + 3 * a0 + 2 * s15)) @[a0] sin(real(0 + 1 * a0 + 1 * a2))) + cumprod[s15](1.1 + 0.2 * tanh((1.037 * ones[a2, s15])))))))
    s17[s15: i18] += f64(tanh(rsqrt(0.6 + (1.637 * ones[s13])^2)))
  }
  (r0: f64((sin(real(0 + 2 * a1 + 1 * a3)) * sum[a4 -> a1: argmax[a1]((checkpoint { let u21 = 0.637; sin(real(2 + 1 * a1 + 1 * a4)) }) + 0.0113 * real(a1))](tanh(((sin(real(0 + 3 * a3 + 1 * s15)) - (0.037 * ones[s15])) @[s15] tanh(sqrt(0.4 + (0.737 * ones[a3, a4, s15])^2))))))), r1: f64(((1.3 + tanh(var[s15]((fix z23 = 0.4 * tanh(z23 + (checkpoint { let u22 = sin(real(2 + 1 * a4)); sin(real(0 + 3 * a0 + 1 * a2 + 1 * a3 + 3 * s15)) })) + cos(x9[+a0, +s15]) from cos(x9[+a0, +s15]) within 1e-13 at most 200)))^2)^(-1.5))), r2: f64(x11))
}
experiment e() {
  let d0: f64[a2, a3] = load("d0.npy")
  let d1: i64[a3, a4] = load("d1.npy")
  let d2: f64[a0, a1] = load("d2.npy")
  let net = Main[]
  print(net(d0, d1, d2))
  let slope = grad((m) => mean(tanh(m(d0, d1, d2).r0)))(net)
  print(norm(slope))
  print(grad((v: f64[a2, a3]) => mean(tanh(net(v, d1, d2).r0)))(d0))
}

