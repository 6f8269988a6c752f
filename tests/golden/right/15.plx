// --precision f64
use nn
axis a0 = 1
axis a1 = 4
axis a2 = 2
axis a3 = 7
axis a4 = 2
axis a5 = (a5_0, a5_1)
fn f0[k1, k2](x3: [a1, k2]) -> [a2] {
  let v4 = (relu(0.137 + (sin(real(2 + 3 * a2)) / (1.1 + sin(real(1 + 1 * a2))^2)))[a2: argmax[a2](sin(real(0 + 1 * a2 + 3 * a2'))[a2': int(a2)] + 0.0113 * real(a2))] - real(count_true[a2']((((1 + 3 * a2') mod 2 < 1) or ((0 + 2 * a2') mod 2 < 2)))))
  let v7 = (if ((fix z5 = 0.4 * tanh(z5 + tanh((1.437 * ones[k2]))) + v4[+k2] from v4[+k2] within 1e-13 at most 200) < 0.637) then v4[+a0, +a2, +k2'][a2: a2((1) mod #a2)][k2' -> k2] else grad((v6: [a0, k2]) => tanh(v4))(tanh((if ((1 + 1 * a0 + 1 * k2) mod 2 < 1) then sin(real(2 + 1 * a0 + 2 * k2)) else v4[+a0, +k2]))))[a0: wrap(a0 + 2 * a2 - #a2 div 2)]
  sum[a0 where ((2 + 1 * a2) mod 2 < 2)](v7[k2: 0])
}
fn f8[k9, k10, k11](x12: [a0], x13: []) -> [a1, a4] {
  var s14 = tanh((expm1(sin(real(0 + 2 * a0))) * (x12[+a4] @[a4] x13[+a4])))
  s14[a0: a0((0) mod #a0)] = tanh(((tanh(relu(0.137 + (x13 - x13))))^3))
  var s15 = tanh(x13)
  if all[a4]((((2 + 1 * a4) mod 2 < 2) or ((2 + 1 * a4) mod 2 < 1))) {
    var s17 = tanh((max[k11 where ((1 + 1 * a4 + 1 * k11) mod 2 < 2) else 1.437](s15[+a4, +k11] + 0.0113 * real(k11)) @[a4] erfc(x13[+a4])))
    if ((tanh(grad((v18: [a4]) => s17)(s17[+a4])) @[a4] s17[+a4]) >= 0.037) {
      s17 = tanh((mean[a3](s15[+a3, +a5])[a5: clamp((0))] + s15))
    }     else {
      s17 = tanh(atan2(max(0.0171 + abs(0.0713 + s15), (if ((0) mod 3 < 1) then s17 else s15)), (1.1 + (tanh(f0[a5, a5]((0.237 * ones[a1, a5]))) @[a2] (1.637 * ones[a2])[a2: a2 - 1 else 0.837])^2)))
    }
    s15 = s17
  }
  x13[+a1, +a4]
}
block Main(x19: f64[a1, a2], x20: i64[a3, a5]) -> (r0: f64[a0, a2, a5], r1: f64[]) {
  param w21: [] = 0.7
  param w22: [] = 0.7
  let v23 = ((0 + 3 * a3) mod 2 < 2)
  let v26 = (checkpoint { let u25 = stop(sort[a5](tanh(grad((v24: [a5]) => w22)(f64(w22[+a5]))) + 0.0113 * real(a5))); (softmax[a5]((w22[+a4] @[a4] u25[+a4])) @[a5] tanh((((w22[+a3, +a5] / (1.1 + w21^2)) @[a3] max(0.0171 + w22[+a3, +a5], (1.737 * ones[a3, a5]))) / #a3))) })
  (r0: f64(expm1(cos((tanh((sin(real(1 + 3 * a3)) @[a3] w22[+a0, +a1, +a3, +a5])) @[a1] w22[+a1, +a2])))), r1: f64(x19[a1: 2, a2: 0]))
}
experiment e() {
  let d0: f64[a1, a2] = load("d0.npy")
  let d1: i64[a3, a5] = load("d1.npy")
  let net = Main[]
  print(net(d0, d1))
  let slope = grad((m) => mean(tanh(m(d0, d1).r0)))(net)
  print(norm(slope))
  print(grad((v: f64[a1, a2]) => mean(tanh(net(v, d1).r0)))(d0))
}

