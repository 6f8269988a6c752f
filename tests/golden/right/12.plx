// --precision f64
use nn
axis a0 = 16
axis a1 = 7
block B0[k1, k2, k3](x4: [k1, k2], x5: []) -> [k1] {
  var s6 = softmax[k3]((-x5[+k1, +k3]))
  var n7 = 0
  while n7 < 3 and ((1) mod 2 < 2) {
    var s8 = tanh((tanh(sqrt(0.2 + var[k3'](x5[+k3'] + 0.717 + real(k3')))) - (x5 - x5)))
    var n9 = 0
    while n9 < 1 and s8 < 0.8537 {
      s8 = tanh((mean[k1, k3](s6) + s8))
      n9 = n9 + 1
    }
    s6 = tanh((if (0.437 * ones[k1, k3]) > 0.0193 then sqrt((0.437 * ones[k1, k3])) else s8[+k1, +k3]))
    n7 = n7 + 1
  }
  rsqrt(0.6 + x5[+k1]^2)
}
fn f10[k11, k12](x13: [a1, k12]) -> [k12] {
  let v14 = sin(real(0 + 3 * a0))
  var s15 = rsqrt(0.6 + x13^2)
  for i16 in k12 {
    var s17 = tanh((1.437 - (1.537 * ones[a1]))[a1: a1((0 + 1 * k12) mod #a1)])
    s17[k12: k12((1) mod #k12)] = tanh((if (not ((2) mod 2 < 2)) then (s17[k12: 0] + (if ((1) mod 3 < 2) then 1.137 else 1.337)) else 1.837))
    s15 = tanh((max(0.0171 + real((0 + 3 * a1 + 2 * k12)), (checkpoint { let u18 = sin(real(1 + 2 * a0)); x13 })) + softmax[a1 where ((1 + 2 * a1 + 1 * k12) mod 3 < 1)](stop(x13[a1: wrap(a1 - 3)]))))
    if ((2) mod 3 < 2) { break }
  }
  var s19 = (if ((1.237 * ones[a0, a1]) >= 0.237) then (1.837 * ones[a0, a1]) else abs(0.0713 + sin(real(2 + 1 * a0 + 3 * a1))))
  s19[a0: a0((0) mod #a0)] += tanh((tanh(grad((v20: [a0]) => acos(0.7 * sin(0.737)))(tanh(sum[a1 -> a0: a0((0 + 2 * a1) mod #a0)]((0.737 * ones[a1]))))) @[a0] tanh((((0.837 * ones[a0, a1]))^3))))
  sin(real(0 + 3 * k12))
}
fn f21[k22, k23](x24: [a0, a1], x25: [k23]) -> [] {
  let y26 = for i27 in a0 {
    var s28 = tanh((((1.3 + (1.037 * ones[a0])^2)^(-1.5)) * mean[k22 where ((0 + 2 * a0 + 3 * k22) mod 3 < 1) else 0.837](sin(real(2 + 3 * a0 + 2 * k22)))))
    if (not (not (((1) mod 3 < 2) or ((2) mod 3 < 2)))) {
      s28 = tanh((if ((1 + 2 * a0) mod 3 < 2) then ((1.3 + (if ((2 + 3 * a0) mod 2 < 2) then s28 else s28)^2)^(-1.5)) else sum[a1]((sin(real(1 + 1 * a1)) + sin(real(1 + 2 * a1))))))
    }
    yield max(0.0171 + min(0.0171 + (0.637 - 0.837), 1.837), x24[a0: 4][a1: a1((1) mod #a1)])
  }
  let y29 = for i30 in k23 {
    let v32 = (checkpoint { let u31 = tanh(real((0 + 3 * a0 + 1 * a1))); tanh(real((1 + 1 * a0 + 2 * k23))) })
    yield tanh(grad((v33: []) => (0.337 * ones[a0'])[a0': a0'((2 + 1 * a0) mod #a0')][a0: (1) else 1.637])(rsqrt(0.6 + (sin(real(1 + 3 * a1)) @[a1] sin(real(1 + 3 * a1)))^2)))
  }
  var s34 = tanh(y26)
  let y35 = for i36 in k22 {
    var s37 = tanh(mean[a0 where ((1) mod 3 < 2) else 0.837](s34))
    var n38 = 0
    while n38 < 5 and s37 < 0.8537 {
      s37 = s37
      n38 = n38 + 1
    }
    s34 = s37[+a0]
    yield (1.537 * ones[a0])
  }
  0 * sum(x24) + 1.437
}
block Main(x39: f64[a0]) -> (r0: f64[a0, a1]) {
  let n40 = uniform
  let v41 = int(a1((1 + 2 * a0) mod #a1))
  let (r42, r43) = (n40, ((tanh(softplus(n40[+a1])) @[a1] (-x39[+a1])) + (tanh((n40[+a1] + n40[+a1])) @[a1] sin(real(2 + 1 * a0 + 2 * a1)))))
  var s45 = f64(tanh((grad((v44: []) => n40)(f64(tanh(n40))) / (1.1 + x39[a0: a0((0) mod #a0)]^2))))
  for i46 in a1 {
    var s47 = f64(tanh(softplus(tanh(((n40[+a0, +a1] @[a0] r42[+a0, +a1]) / #a0)))))
    for i48 in a0 {
      s47 = f64(((1.3 + r42[+a1]^2)^(-1.5)))
    }
    s45 = f64(tanh((((n40 + r42) - real((1))) + (tanh(round(0.0137 + 3.1 * sin(real(2 + 3 * a0)))) @[a0] tanh((n40[+a0] + r42[+a0]))))))
    if ((2) mod 3 < 1) { break }
  }
  (r0: f64((checkpoint { let u50 = s45[+a0, +a1]; (tanh(((tanh(grad((v51: [a0, a1]) => s45)(f64(tanh(r42[+a0, +a1])))))^3)) / (1.1 + n40^2)) })))
}
experiment e() {
  let d0: f64[a0] = load("d0.npy")
  let net = Main[]
  print(net(d0))
}

