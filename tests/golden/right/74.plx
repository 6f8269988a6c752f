// --precision f64
use nn
axis a0 = 2
axis a1 = 2
axis a2 = #a0
axis a3 = (#a0 - 1 * (#a1 - 1) - 1) div 1 + 1
block Main(x0: f64[a0], x1: f64[], x2: a2[a2]) -> (r0: f64[], r1: a3[a2, a3], r2: f64[a1, a2, a3]) {
  param w3: [] = 0.7
  let v4 = (stop(rsqrt(0.6 + (0.837 * ones[a2])[a2: #a2 - 1 - a2]^2)) < 0.837)
  var s5 = f64(tanh((w3[+a2] - (if v4 then (0.337 * ones[a2]) else x1[+a2]))))
  for i6 in a2 {
    let v7 = stop(w3)
    let (y9, t10) = linearize((v12: []) => x0[a0: 0], f64(tanh(min(0.0171 + (v7 * w3), (w3 * v7)))))
    let u11 = t10(f64(tanh((checkpoint { let u8 = v7; sum[a2](u8[+a2]) }))))
    s5[a2: i6] += f64(tanh((y9[+a3] @[a3] atan2(w3[+a3'][a3' -> a3], (1.1 + (tanh(u11[+a3']) @[a3'] tanh(u11[+a3, +a3']))^2)))))
  }
  let y13 = for i14 in a2 {
    yield f64(sigmoid(((1.3 + w3[+a3][a3: a3 + 1 * a1 - #a1 div 2 else 0]^2)^(-1.5))))
  }
  (r0: f64((real(int(a0((0) mod #a0))) - erfc(tanh((real((2)) * (w3 * x1)))))), r1: a3((2 + 2 * a2 + 1 * a3) mod #a3), r2: f64(min(0.0171 + ((tanh(((w3[+a1])^2)) @[a1] tanh(((sin(real(2 + 3 * a0 + 2 * a1 + 2 * a2)))^3))) @[a0] (sin(real(2 + 3 * a0 + 2 * a1 + 3 * a2 + 2 * a3)) * sin(real(0 + 3 * a1 + 1 * a2)))), (log(1.3 + sum[a1](x0[+a1])^2) @[a0] tanh(((if (1.537 * ones[a0, a1, a2, a3]) > 0.0193 then sqrt((1.537 * ones[a0, a1, a2, a3])) else (0.537 * ones[a0, a1, a2, a3])) - ((1.837 * ones[a0, a1, a2, a3]) + x1[+a0, +a1, +a2, +a3])))))))
}
experiment e() {
  let d0: f64[a0] = load("d0.npy")
  let d1: f64[] = load("d1.npy")
  let d2: a2[a2] = load("d2_below2.npy")
  let net = Main[]
  print(net(d0, d1, d2))
  let slope = grad((m) => mean(tanh(m(d0, d1, d2).r0)))(net)
  print(norm(slope))
  print(grad((v: f64[a0]) => mean(tanh(net(v, d1, d2).r0)))(d0))
}

