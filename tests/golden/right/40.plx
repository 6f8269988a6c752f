// --precision f64
use nn
axis a0 = 3
axis a1 = #a0
axis a2 = (#a0 - 1 * (#a1 - 1) - 1) div 2 + 1
axis a3 = 3
block B0[k1, k2](x3: [a2], x4: i64[k1]) -> [k1] {
  param w5: [a1] = ones[a1]
  param w6: [k1] = ones[k1]
  var s7 = asin(0.8 * tanh(sin(real(0 + 3 * a0))[a0: a0((2 + 2 * k2) mod #a0)]))
  if (((2) mod 3 < 2) and (not all[k1](((2 + 2 * k1) mod 3 < 2)))) {
    let r10 = (h: (if rsqrt(0.6 + (fix z8 = 0.4 * tanh(z8 + tanh(1.837)) + 1.837 from 1.837 within 1e-13 at most 200)^2) > 0.0193 then sqrt(rsqrt(0.6 + (fix z8 = 0.4 * tanh(z8 + tanh(1.837)) + 1.837 from 1.837 within 1e-13 at most 200)^2)) else (checkpoint { let u9 = 1.437; (if ((1) mod 2 < 1) then u9 else u9) })), c: ((sin(real(2 + 2 * a3'))[a3' -> a3] @[a3] sum[k2](s7[+a2, +a3])) / (1.1 + ((1.037 * ones[a0, a0'])[a0': int(a0)][a0: 2 * a2 + 1 * a1] @[a1] tanh(sum[k2 where ((2 + 3 * a1 + 1 * k2) mod 3 < 1)](s7[+a1])) / #a1)^2)))
    let r11 = 0.7 * r10 + 0.2 * r10
    s7 = tanh(max[a0](s7[+a0] + 0.0113 * real(a0)))
  }   else {
    s7 = s7
  }
  let v13 = grad((v12: []) => atan2(v12, (1.1 + v12^2)))(tanh((if ((1.037 >= 1.537) or (not ((2) mod 2 < 2))) then 1.337 else (sinh(1.337) + abs(0.0713 + 0.637)))))
  (0.637 * ones[k1])
}
fn f14(x15: [], x16: [a0, a3], x17: [a1, a2]) -> [a3] {
  let v19 = (real(int(a2((0 + 3 * a0 + 1 * a1 + 1 * a3) mod #a2))) @[a0] min[a3 where ((1 + 3 * a0 + 1 * a1 + 3 * a2 + 3 * a3) mod 3 < 2) else 0.337]((fix z18 = 0.4 * tanh(z18 + sin(real(0 + 1 * a0 + 1 * a1 + 1 * a2 + 2 * a3))) + expm1(tanh(x17[+a0, +a3])) from expm1(tanh(x17[+a0, +a3])) within 1e-13 at most 200) + 0.0113 * real(a3)))
  var s20 = tanh(x15[+a3])
  if ((checkpoint { let u21 = (s20[+a1] * x15[+a1, +a3]); x15 }) >= 0.137) {
    let (y23, t24) = vjp((v26: [a2]) => (checkpoint { let u28 = (fix z27 = 0.4 * tanh(z27 + tanh(x15)) + (if ((1) mod 3 < 2) then x15 else x15) from (if ((1) mod 3 < 2) then x15 else x15) within 1e-13 at most 200); x15[+a3][a3: a3 + 2 * a1 - #a1 div 2 else 1.137] }), tanh(((x15[+a0] @[a0] x15[+a0, +a2]) + softmax[a2 where ((2 + 1 * a2) mod 3 < 2)](mean[a1]((0.537 * ones[a0])[a0: 2 * a2 + 1 * a1])))))
    let u25 = t24(tanh(exp(tanh(((0.537 * ones[a2]) @[a2] s20[+a1, +a2])))))
    s20 = tanh(mean[a2 where ((1 + 1 * a2 + 2 * a3) mod 2 < 2) else 0.237]((0.237 * ones[a2, a3'])[a3' -> a3]))
  }
  x15[+a3]
}
block B30[k31, k32, k33](x34: [a0], x35: k32[]) -> [a3] {
  let n36 = bernoulli(sigmoid(((0.137 * ones[k32]) @[k32] (sin(real(0 + 2 * k32)) + 0.237))))
  let net37 = B0[k32, k31]
  let v38 = ((sin(real(2 + 2 * a1 + 3 * a2 + 1 * a3' + 1 * k33))[a1: (2 + 3 * a2 + 1 * a3') else 0.837] + softmax[a3' where n36[+a2, +a3', +k33]](sin(real(1 + 1 * a3' + 1 * k33))[a3': wrap(a3' + 1 * a2 - #a2 div 2)]))[a3' -> a3] * sin(real(2 + 3 * a2 + 3 * a3)))
  sum[a1 where (not (n36[+a1, +a3] and ((0) mod 2 < 1)))](tanh(((((1.437 * ones[a3]) @[a3] sin(real(1 + 3 * a3))) * (0.837 + 0.037)) - ((1.2 + tanh(grad((v39: [a1, a3]) => 0.537)(sin(real(0 + 3 * a1 + 2 * a3))))^2)^0.7))))
}
block Main(x40: f64[], x41: f64[a1]) -> (r0: f64[], r1: f64[a0, a2]) {
  param w42: [a1, a2] = normal[a1, a2]
  let (y43, g44) = value_and_grad((v45: [a3]) => ((checkpoint { let u46 = sin(real(1 + 3 * a1 + 1 * a3))[a1: wrap(a1 - 1)]; (if ((2) mod 2 < 1) then x40 else x40) }) + x40[+a0, +a0'][a0': int(a0)][a0: wrap(int(((1) mod 3 < 1)))]))(f64(tanh(sinh(tanh((x40[+a1, +a3] @[a1] x40[+a1, +a3]))))))
  let h48 = hessian[a3 -> a3']((v49: [a3]) => ((1.2 + (x40[+a2] @[a2] x40[+a2])^2)^0.7))(f64(tanh(atan2(((1.437 * ones[a3]) / (1.1 + sin(real(0 + 3 * a3))^2)), (1.1 + (checkpoint { let u47 = y43[+a3']; y43 })^2)))))
  let n50 = uniform[a3]
  let (y51, t52) = jvp((v54: []) => grad((v55: [a1]) => ((sin(real(2 + 3 * a1)) @[a1] x40[+a1]) - y43))(f64(tanh((max(0.0171 + x41, x41) + max(0.0171 + y43[+a1], v54[+a1]))))), f64(tanh((if (x40 >= 1.337) then y43 else (if y43 > 0.0193 then sqrt(y43) else x40)))), f64(tanh(prod[a3' where ((0 + 1 * a3') mod 3 < 1)](1.1 + (0.4 * tanh(sum[a1 where ((0 + 3 * a1 + 3 * a3') mod 2 < 2)](y43[+a1, +a3'])))))))
  var s56 = f64(tanh(mean[a1](t52)))
  for i57 in 0..4 {
    let r58 = (h: y43[+a0'][a0': wrap(a0' + 1 * a1 - #a1 div 2)], c: sum[a3 -> a1: a1((2 + 1 * a3) mod #a1)](tanh((y43[+a0] @[a0] sin(real(0 + 2 * a0 + 2 * a3 + 1 * a2')))))[a2' -> a2])
    let r59 = 0.7 * r58 + 0.2 * r58
    s56 = f64(real(sum[a2'](int(((2 + 3 * a2') mod 3 < 1)))))
  }
  let v61 = count_true[a3'](((((2 + 1 * a0 + 2 * a2 + 3 * a3 + 2 * a3') mod 2 < 1) or (((0 + 1 * a0 + 3 * a2 + 1 * a3 + 2 * a3') mod 3 < 2) and ((2 + 1 * a2 + 3 * a3') mod 2 < 1))) or ((y43[+a2, +a3] - h48[+a0, +a2]) < 1.537)))
  (r0: f64(((s56[+a3', +a0'][a3': a3'((0 + 3 * a2) mod #a3')] - erfc(x40[+a2, +a0']))[a2: a2((0) mod #a2)] @[a0'] tanh(var[a0]((logsumexp[a3']((0.437 * ones[a0, a3', a0'])) - erf(s56[+a0, +a0'])))))), r1: f64(sum[a0' -> a1: argmin[a1](y43[+a1, +a0'] + 0.0113 * real(a1))](tanh((tanh(g44) @[a3] s56[+a0, +a2, +a3, +a0'])))[a1: a1((0) mod #a1)]))
}
experiment e() {
  let d0: f64[] = load("d0.npy")
  let d1: f64[a1] = load("d1.npy")
  let net = Main[]
  print(net(d0, d1))
  let slope = grad((m) => mean(tanh(m(d0, d1).r0)))(net)
  print(norm(slope))
  print(grad((v: f64[]) => mean(tanh(net(v, d1).r0)))(d0))
}

