// --precision f64
use nn
axis a0 = 3
axis a1 = (a1_0, a1_1)
axis a2 = #a1 * #a0
axis a3 = 3
axis a4 = #a0
fn f0[k1](x2: [], x3: k1[k1], x4: [k1]) -> [a3] {
  let (y6, t7) = linearize((v9: [a3]) => sum[a0](x4[+a0, +a4])[a4: a4 - 2 else 1.037][k1: k1(((1) - (1)) mod #k1)], tanh((sin(real(0 + 1 * a1))[a1: wrap(a1 - 2)] @[a1] prod[a0 where ((1) mod 2 < 1)](1.1 + (0.4 * tanh(x2[+a0, +a1, +a3]))))))
  let u8 = t7(cumprod[a3](1.1 + 0.2 * tanh(tanh(grad((v5: [a3]) => x2)(x2[+a3])))))
  var s10 = tanh(sum[a1](((1.137 * ones[a1, a3]) / (1.1 + x2[+a1, +a3]^2))))
  if any[k1](all[a4]((x2[+a4, +k1] >= 0.537))) {
    let r12 = (h: (if clamp(x2[+a3'], -0.713, 0.877)[a3' -> a3] > 0.0193 then sqrt(clamp(x2[+a3'], -0.713, 0.877)[a3' -> a3]) else (if any[a0](((1 + 1 * a0 + 3 * a3) mod 3 < 2)) then s10 else atan2(s10, (1.1 + s10^2)))), c: tanh((((checkpoint { let u11 = log(1.3 + y6^2); min[a2](x2[+a2] + 0.0113 * real(a2)) }))^2)))
    let r13 = 0.7 * r12 + 0.2 * r12
    s10 = tanh(cumprod[a3](1.1 + 0.2 * tanh(sum[a1 -> a3: a3((0 + 2 * a1) mod #a3)](one_hot[a1](a1((1) mod #a1))))))
  }
  grad((v15: [a3]) => x2)(s10)
}
block B16[k17, k18](x19: [k17, k18], x20: i64[a3, k17]) -> [a1, k18] {
  param w21: [k17, k18] = 0.3 * normal[k17, k18]
  param w22: [a2] = uniform[a2]
  let n23 = permutation[a4]
  var s24 = tanh(min(0.0171 + sum[a1 -> a3: a3((0 + 2 * a1) mod #a3)](sin(real(2 + 2 * a1 + 3 * k17))), (0.037 * ones[a3, k17'])[k17' -> k17]))
  for i25 in a1 {
    let v26 = (sum[k17](sin(real(2 + 1 * a4 + 3 * k17 + 3 * k18))) + (1.037 * (1.837 * ones[k18])))[k18: k18((0 + 3 * a0 + 1 * a1 + 3 * k17') mod #k18)][(a0, a1) -> a2]
    let (y27, t28) = vjp((v30: [a4, k17']) => (fix z33 = 0.4 * tanh(z33 + tanh((if ((2 + 1 * a4 + 3 * k17') mod 3 < 2) then (checkpoint { let u32 = 1.437; v30 }) else stop(v30)))) + (v30 + (fix z31 = 0.4 * tanh(z31 + sin(real(1 + 3 * a4 + 2 * k17'))) + v30 from v30 within 1e-13 at most 200)) from (v30 + (fix z31 = 0.4 * tanh(z31 + sin(real(1 + 3 * a4 + 2 * k17'))) + v30 from v30 within 1e-13 at most 200)) within 1e-13 at most 200), tanh(sum[k18 -> k17': k17'((0 + 3 * k18) mod #k17')]((0.837 * ones[k18]))[k17': wrap(k17' + 2 * a4 - #a4 div 2)]))
    let u29 = t28(tanh((sin(real(1 + 2 * k17'))[k17': k17' + 1 * a4 - #a4 div 2 else 0] + mean[k17, k18](x19))))
    s24 = tanh(f0[a1](tanh(grad((v34: [a0]) => 1.037)(sin(real(0 + 1 * a0)))[a0: a0((1 + 1 * k17) mod #a0)]), a1((2 + 2 * a1) mod #a1), (0.637 * ones[a1, k17])))
  }
  (0.237 * ones[a1, k18])
}
block B35[k36, k37](x38: [a2], x39: [a0]) -> [a1] {
  param w40: [a2, a3] = 0.3 * normal[a2, a3]
  param w41: [] = 0.7
  let (y42, t43) = jvp((v45: []) => (if (fix z47 = 0.4 * tanh(z47 + tanh((w41 / (1.1 + v45^2)))) + tanh(grad((v46: [a1]) => v45)(sin(real(2 + 2 * a1)))) from tanh(grad((v46: [a1]) => v45)(sin(real(2 + 2 * a1)))) within 1e-13 at most 200) > 0.0193 then sqrt((fix z47 = 0.4 * tanh(z47 + tanh((w41 / (1.1 + v45^2)))) + tanh(grad((v46: [a1]) => v45)(sin(real(2 + 2 * a1)))) from tanh(grad((v46: [a1]) => v45)(sin(real(2 + 2 * a1)))) within 1e-13 at most 200)) else min[a2]((sin(real(1 + 1 * a1 + 1 * k36)) @[k36] x38[+a1, +k36]) + 0.0113 * real(a2))), tanh(min(0.0171 + w41, abs(0.0713 + w41))), tanh(((1.637 * ones[a4]) @[a4] tanh((((0.237 * ones[a4]))^3)))))
  let v48 = max[a2 where ((2 + 1 * k37) mod 3 < 2) else 0.437](rsqrt(0.6 + x38[+k37]^2)[k37: #k37 - 1 - k37] + 0.0113 * real(a2))
  let v50 = (cos((tanh(grad((v49: [a0]) => w41)(x39)) @[a0] (if ((2 + 1 * a0) mod 2 < 2) then sin(real(0 + 2 * a0)) else (0.837 * ones[a0])))) + (tanh(((acos(0.7 * sin(w41)))^2)) - sigmoid(w41)))
  w41[+a1]
}
block Main(x51: f64[a0, a4], x52: f64[a2], x53: a3[]) -> (r0: f64[a1]) {
  param w54: [a0, a3] = normal[a0, a3]
  let h55 = hessian[a4 -> a0]((v56: [a4]) => 1.537)(f64((if (0.637 < 0.237) then (sin(real(1 + 2 * a4)) + (0.337 * ones[a4])) else abs(0.0713 + (1.737 * ones[a4])))))
  let v57 = max[a0](prod[a2 -> a0: a0((0 + 2 * a2) mod #a0)](1.1 + (0.4 * tanh((sin(real(0 + 1 * a3 + 3 * a4)) @[a4] sin(real(2 + 2 * a0 + 1 * a1 + 3 * a4)))[(a0, a1) -> a2]))) + 0.0113 * real(a0))
  let r60 = (h: (sum[a1 -> a2: a2((2 + 1 * a1) mod #a2)](sin(sin(real(2 + 1 * a1)))) - grad((v58: [a2]) => (if ((1) mod 3 < 1) then 1.537 else 1.637))(f64(x52))), c: (((sum[a4 -> a3: x53[+a4]](tanh(h55[+a1])) @[a3] tanh(((1.2 + tanh(v57[+a0])^2)^0.7))) @[a0] (fix z59 = 0.4 * tanh(z59 + tanh(x52[+a0, +a2'][a2': int(a2)])) + x51[a4: (2 + 2 * a2) else 1.737] from x51[a4: (2 + 2 * a2) else 1.737] within 1e-13 at most 200)) / #a0))
  let r61 = 0.7 * r60 + 0.2 * r60
  let v62 = (if (not (not (not ((1 + 2 * a1 + 1 * a3 + 3 * a4) mod 3 < 1)))) then v57[+a1, +a4] else (sum[a4](sin(real(0 + 1 * a0 + 2 * a1 + 1 * a3 + 3 * a4)))[a0 -> a4] * (tanh((v57[+a1, +a4] * v57[+a1, +a4])) / (1.1 + f0[a0](f64(sin(real(0 + 2 * a1 + 3 * a4))), a0((2 + 2 * a0) mod #a0), f64((1.037 * ones[a0, a1, a4])))^2))))
  let v63 = ((0 + 3 * a4) mod 3 < 2)
  (r0: f64((tanh((sum[a4 -> a1: argmax[a1]((1.637 * ones[a1, a4]) + 0.0113 * real(a1))](((0.537 * ones[a4]) + (1.337 * ones[a4]))) * r61.c[a2: 4])) * tanh(round(0.0137 + 3.1 * atan2((sin(real(1 + 3 * a1 + 2 * a4)) @[a4] (0.037 * ones[a1, a4])), (1.1 + cummax[a1]((1.837 * ones[a1]) + 0.0113 * real(a1))^2)))))))
}
experiment e() {
  let d0: f64[a0, a4] = load("d0.npy")
  let d1: f64[a2] = load("d1.npy")
  let d2: a3[] = load("d2_below3.npy")
  let net = Main[]
  print(net(d0, d1, d2))
}

