// --precision f64
use nn
axis a0 = 3
axis a1 = 4
axis a2 = 2
axis a3 = #a2
axis a4 = 16
axis a5 = #a3 + #a4
block B0[k1](x2: [a1, a2], x3: [a1, a2], x4: a5[a0, a5]) -> [] {
  var s5 = tanh(((if ((2 + 3 * k1) mod 2 < 1) then sin(real(0 + 2 * k1)) else (0.237 * ones[k1])) + softmax[k1 where ((2) mod 2 < 1)](((1.3 + (1.437 * ones[k1])^2)^(-1.5)))))
  if any[a4](all[a3]((sin(real(2 + 3 * a3 + 2 * a4)) < 0.837))) {
    var s6 = tanh((sum[a1 -> a0: a0((2 + 1 * a1) mod #a0)](sin(real(0 + 3 * a1 + 1 * a5))) - (if ((1 + 3 * a0 + 1 * a5) mod 3 < 1) then sin(real(2 + 1 * a0 + 2 * a5)) else sin(real(2 + 2 * a0 + 3 * a5)))))
    for i7 in a0 {
      s6 = tanh((grad((v8: [a5]) => prod[a3](1.1 + (0.4 * tanh((0.037 * ones[a3])))))(tanh((s6[+a1] @[a1] (0.437 * ones[a1])))) * erf(mean[a3](s6[+a3]))))
    }
    s5 = tanh(((0.137 * ones[a2, a2'])[a2': int(a2)] @[a2] min[a3](s5[+a2, +a3] + 0.0113 * real(a3))))
  }   else {
    s5 = tanh(sqrt(0.4 + (if ((1 + 3 * k1) mod 3 < 2) then s5 else (if ((0) mod 3 < 1) then 1.337 else 0.437))^2))
  }
  var s9 = erfc(tanh(min(0.0171 + (0.237 * ones[a0]), (0.737 * ones[a0]))))
  for i10 in a2 {
    let (y11, t12) = jvp((v14: []) => v14[+a4, +a5], tanh((if (1.037 >= 1.737) then max(0.0171 + 0.437, 0.737) else (1.437 + 1.637))), 0.037)
    s9 = s9
  }
  0 * sum(x2) + 1.137
}
block B15[k16, k17](x18: [a3], x19: i64[a5, k16]) -> [a3] {
  param w20: [a1, a4] = ones[a1, a4]
  param w21: [a5] = ones[a5]
  var s22 = tanh(mean[a5](w21))
  for i23 in 0..0 {
    let v24 = (1 + 3 * a4 + 1 * a5)
    s22 = tanh(real(int(a5((0) mod #a5))))
  }
  let y25 = for i26 in k17 {
    var s27 = s22[+k16]
    s27[k16: argmax[k16]((s27 / (1.1 + s27^2)) + 0.0113 * real(k16))] = tanh((((s22 * s22) / (1.1 + (s22 + s22)^2)) + s22))
    let v28 = (not ((1 + 3 * a4) mod 2 < 2))
    yield s22
  }
  softmax[a3](atan(rsqrt(0.6 + (s22[+a3] - x18)^2)))
}
block Main(x29: f64[a0, a2]) -> (r0: f64[a3, a4, a5], r1: f64[a1, a3]) {
  param w30: [a2, a3] = normal[a2, a3]
  param w31: [a1, a2] = uniform[a1, a2]
  let v32 = (x29[+a5] @[a2] sigmoid(((1.3 + (if ((0 + 1 * a2 + 2 * a3) mod 3 < 2) then x29[+a3] else w30[+a0])^2)^(-1.5))))
  var s34 = f64(tanh(((tanh(grad((v33: [a1]) => 1.037)(f64(sin(real(2 + 3 * a1))))))^2)))
  if ((1) mod 3 < 2) {
    var s35 = f64(tanh(((0.237 * sin(real(2 + 2 * a2))) * (if ((0) mod 3 < 1) then sin(real(0 + 3 * a2)) else (0.137 * ones[a2])))))
    s35[a2: a2((2) mod #a2)] += f64(tanh(mean[a3 where all[a4](((0 + 1 * a3 + 2 * a4) mod 2 < 2)) else 1.537](sin(real(1 + 1 * a3)))))
    var s36 = f64(real(int(((1) mod 3 < 2))))
    var n37 = 0
    while n37 < 3 and s36 < 0.8537 {
      s36 = f64(tanh(((real(n37))^2)))
      n37 = n37 + 1
    }
    s34 = f64(tanh((if (((0) mod 3 < 2) or (((2) mod 2 < 2) or ((2) mod 2 < 2))) then (sin(real(0 + 1 * a1)) * (sin(real(0 + 2 * a1)) / (1.1 + s36^2))) else grad((v38: []) => v38)(f64(s36[+a4]))[a4: a4(n37[+a1] mod #a4)])))
  }   else {
    s34 = f64(tanh((tanh((expm1(s34) * sum[a4 -> a1: a1((2 + 2 * a4) mod #a1)]((1.437 * ones[a4])))) + ((sin(real(0 + 3 * a0)) + 1.137) @[a0] max(0.0171 + 0.837, sin(real(1 + 1 * a0)))))))
  }
  var s39 = f64(tanh(((mean[a3](v32) @[a5] mean[a1](sin(real(1 + 2 * a0 + 2 * a1 + 3 * a3 + 2 * a5)))) / #a5)))
  if (mean[a0](sin(real(1 + 2 * a3))[a3: a3((0 + 3 * a0) mod #a3)]) < 0.637) {
    var s40 = f64(sin(real(0 + 2 * a3 + 2 * a4)))
    let y41 = for i42 in a5 {
      s40 = f64(tanh(((if (not ((2 + 3 * a0) mod 3 < 2)) then s40[+a0] else max(0.0171 + sin(real(0 + 1 * a0 + 3 * a3 + 1 * a4)), s40[+a0])) @[a0] (sin(real(0 + 2 * a0 + 2 * a0')) - sin(real(1 + 2 * a0 + 1 * a0')))[a0': int(a0)])))
      yield f64(tanh(var[a1](((0.337 * ones[a1, a2, a3, a4])[a2: int(a3)] / (1.1 + (s34[+a3, +a4] - s40[+a1])^2)))))
    }
    s39 = f64(sin(real(0 + 2 * a3))[a3: a3 + 2 * a0 - #a0 div 2 else 0.837])
  }   else {
    s39 = f64(s39)
  }
  (r0: f64(sin(real(2 + 2 * a3 + 1 * a4 + 1 * a5))), r1: f64(s34[+a3]))
}
experiment e() {
  let d0: f64[a0, a2] = load("d0.npy")
  let net = Main[]
  print(net(d0))
  let slope = grad((m) => mean(tanh(m(d0).r0)))(net)
  print(norm(slope))
  print(grad((v: f64[a0, a2]) => mean(tanh(net(v).r0)))(d0))
}

