// --precision f64
use nn
axis a0 = 7
axis a1 = (a1_0, a1_1, a1_2)
axis a2 = #a0
fn f0(x1: []) -> [a1] {
  var s2 = tanh(x1[+a1])
  if all[a2](((1 + 2 * a2) mod 3 < 2)) {
    let v4 = ((-prod[a1](1.1 + (0.4 * tanh(x1[+a1])))) * rsqrt(0.6 + mean[a0]((0.037 * ones[a0, a1, a2]))[a1: a1 + 2 * a0 - #a0 div 2 else 0]^2))
    s2 = tanh(mean[a0 where ((2 + 1 * a0 + 2 * a1 + 2 * a2) mod 3 < 2) else 1.237]((x1[+a0, +a1, +a2] * (0.137 * ones[a0, a1, a2])))[a2: a2((2) mod #a2)])
  }
  min(0.0171 + (x1[+a0, +a1'][a0: a0((0) mod #a0)][a1' -> a1] + grad((v6: [a1]) => cos(x1))(tanh(((x1[+a0] @[a0] x1[+a0, +a1]) / #a0)))), (checkpoint { let u7 = s2; sign(0.0137 + x1[+a2])[a2: a2((1) mod #a2)] }))
}
block Main(x8: f64[a0, a2], x9: f64[a1, a2], x10: bool[a0]) -> (r0: f64[a0, a2], r1: f64[a0, a1, a2]) {
  param w11: [a0] = normal[a0]
  let v12 = sinh(tanh(sinh(tanh((if ((2) mod 3 < 2) then (-1.137) else (0.037 - 1.437))))))
  var s13 = f64(tanh(mean[a1]((1.237 * ones[a1]))))
  for i14 in 0..1 {
    let v15 = (sum[a0 where ((((1 + 3 * a0) mod 3 < 1) and ((2 + 1 * a0) mod 3 < 2)) and (x10 and x10))](max[a2](sum[a1 -> a0: argmax[a0]((1.137 * ones[a0, a1]) + 0.0113 * real(a0))](asin(0.8 * tanh(s13[+a1, +a2]))) + 0.0113 * real(a2))) / #a0)
    s13 = f64(tanh(grad((v16: []) => tanh(((v15)^2)))(f64(tanh(sum[a1](x9[a2: 4]))))))
  }
  var s18 = f64(tanh((checkpoint { let u17 = cos((0.137 * ones[a0])); prod[a2](1.1 + (0.4 * tanh(x8[+a1]))) })))
  if (not (not (((1) mod 3 < 2) or ((2) mod 2 < 2)))) {
    let v19 = ((2) mod 3 < 1)
    var s20 = f64(tanh(x9))
    if (grad((v21: []) => grad((v22: []) => v22)(f64(tanh(v12))))(f64(tanh(v12[+a2][a2: a2((0) mod #a2)]))) >= 1.737) {
      s20 = f64(tanh(sinh(s13[+a1, +a2])))
    }
    s18 = f64(tanh(((v12[+a0, +a1] + reverse[a1](s13[+a0, +a1])) / (1.1 + tanh((((1.2 + v12[+a0, +a1]^2)^0.7) * (1.237 * ones[a0, a1, a2])[a2: clamp((2))]))^2))))
  }
  (r0: f64((tanh(((1.2 + tanh(max(0.0171 + cos((1.137 * ones[a1])), grad((v23: [a1]) => s13)(f64(tanh(v12[+a1])))))^2)^0.7)) @[a1] (atan2(v12[+a0, +a1, +a2], (1.1 + (v12[+a0, +a2] * (0.337 * ones[a0, a2]))^2)) - tanh(real((0 + 1 * a0 + 2 * a1 + 2 * a2)))))), r1: f64(atan((1.237 * ones[a0, a1, a2]))))
}
experiment e() {
  let d0: f64[a0, a2] = load("d0.npy")
  let d1: f64[a1, a2] = load("d1.npy")
  let d2: bool[a0] = load("d2.npy")
  let net = Main[]
  print(net(d0, d1, d2))
  let slope = grad((m) => mean(tanh(m(d0, d1, d2).r0)))(net)
  print(norm(slope))
  print(grad((v: f64[a0, a2]) => mean(tanh(net(v, d1, d2).r0)))(d0))
}

