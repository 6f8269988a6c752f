// --precision f64
use nn
axis a0 = 4
axis a1 = 4
axis a2 = 2
axis a3 = 33
fn f0[k1, k2, k3](x4: [k1], x5: [], x6: [k1]) -> [a1, a3] {
  let (y8, t9) = linearize((v11: [a3, k3]) => max[k3 where (((2 + 3 * a3 + 3 * k2 + 3 * k3) mod 2 < 1) and ((1 + 2 * a3 + 2 * k2 + 1 * k3) mod 3 < 1)) else 1.237](min(0.0171 + (v11[+k2] * v11[+k2]), x5[+k2]) + 0.0113 * real(k3)), tanh((tanh(grad((v7: [a2, a3, k3]) => x5)(x5[+a2, +a3, +k3])) @[a2] (x5[+a2] + x5))))
  let u10 = t9(sin(real(0 + 1 * a3 + 1 * k3)))
  var s12 = tanh(softplus((-x5)))
  var n13 = 0
  while n13 < 4 and s12 < 0.8537 {
    var s14 = tanh((y8 - u10))[a3: a3 - 1 else 0.837]
    for i15 in a0 {
      s14 = tanh(log(1.3 + ((fix z16 = 0.4 * tanh(z16 + tanh(s14)) + tanh(u10) from tanh(u10) within 1e-13 at most 200) + softmax[k2 where ((2 + 1 * a3 + 1 * k2) mod 3 < 2)](one_hot[a3](a3((1 + 2 * k2) mod #a3))))^2))
    }
    s12 = tanh(grad((v17: []) => (abs(0.0713 + s12) - (fix z18 = 0.4 * tanh(z18 + tanh(x5)) + x5 from x5 within 1e-13 at most 200)))(x5))
    n13 = n13 + 1
  }
  (if all[k3](all[a2](((1 + 3 * a2 + 2 * k3) mod 2 < 1))) then expm1(tanh((if ((1 + 2 * a1 + 1 * a3) mod 2 < 1) then acos(0.7 * sin(x5[+a1, +a3])) else x5[+a1, +a3]))) else x5[+a1, +a3])
}
fn f19[k20, k21](x22: [a3], x23: [a0, a1]) -> [a3, k21] {
  var s24 = tanh(((sin(real(0 + 2 * a1 + 3 * a2)) + sin(real(2 + 3 * a1 + 3 * a2))) @[a2] (if ((1) mod 3 < 1) then (1.237 * ones[a2]) else sin(real(1 + 1 * a2)))))
  let y25 = for i26 in a2 {
    let (y28, t29) = linearize((v31: [a2]) => (s24[+a2] / (1.1 + abs(0.0713 + (1.237 * ones[a3])[a3: clamp((2 + 1 * a1 + 2 * a2))])^2)), tanh((mean[a1](s24[+a2]) * grad((v27: []) => v27)(sin(real(0 + 2 * a2))))))
    let u30 = t29((0.537 * ones[a2]))
    let v35 = ((tanh((((1.637 * ones[k21']) - sin(real(1 + 3 * k20 + 2 * k21'))) + grad((v32: [k20, k21']) => 1.137)((0.137 * ones[k20, k21'])))) @[k21'] (checkpoint { let u34 = grad((v33: []) => v33)(1.037); reverse[k21'](sin(real(1 + 3 * k21'))) })) + mean[k21](sum[a2]((0.137 * ones[a2, k20, k21]))))
    s24 = sin(rsqrt(0.6 + sin(real(1 + 1 * a0))^2))[a0: argmin[a0](s24[+a0] + 0.0113 * real(a0))]
    yield (1.137 * ones[a1])
  }
  x22[+k21]
}
fn f36[k37, k38](x39: [a1, k38], x40: k38[a1, k38], x41: [a0, a2]) -> [k38] {
  let v42 = ((2 + 1 * a2 + 3 * k38) mod 2 < 2)
  let v43 = 1.437
  tanh((((1.3 + expm1(v43)^2)^(-1.5)) * softmax[k38](cummax[k38](v43[+k38] + 0.0113 * real(k38)))))
}
block Main(x44: f64[a0, a2]) -> (r0: f64[]) {
  let v45 = log1p(((x44[+a2'] + 1.537)[a2': int(a2)] + (erfc(sin(real(0 + 3 * a0 + 3 * a2))) + sum[a3 -> a2: a2((1 + 1 * a3) mod #a2)](sin(real(1 + 3 * a0 + 3 * a3)))))^2)
  let y46 = for i47 in a2 {
    let v49 = grad((v48: [a0, a2, a3]) => 1.637)(f64(tanh(v45[+a3])))
    let v51 = (sum[a2' -> a0: a0((0 + 1 * a2') mod #a0)](tanh(grad((v50: [a2, a3, a2']) => 1.137)(f64((0.237 * ones[a2, a3, a2']))))) + softmax[a0 where (sin(real(0 + 3 * a2 + 2 * a3)) >= 1.737)](tanh(v49[a3: 28][a2: wrap(a2 + 1 * a3 - #a3 div 2)])))[a0: a0 - 2 else 1.037]
    yield f64(tanh(min(0.0171 + grad((v52: [a3, a2']) => (sum[a3]((1.237 * ones[a3])) / #a3))(f64((1.637 + sin(real(0 + 1 * a3 + 1 * a2'))))), sin(real(2 + 2 * a3 + 2 * a2')))))
  }
  var s53 = f64(tanh(atan2(min[a3](sin(real(0 + 2 * a3)) + 0.0113 * real(a3)), (1.1 + 0.037^2))))
  for i54 in 0..0 {
    let v56 = (grad((v55: [a3]) => (((1.3 + s53^2)^(-1.5)) + cosh(s53)))(f64(max(0.0171 + tanh(real((1 + 3 * a3))), (0.137 * ones[a3])[a3: clamp(a3 + 3)]))) - (one_hot[a3](a3((1 + 2 * a2) mod #a3)) @[a2] tanh(((sin(real(0 + 2 * a0 + 2 * a2')) @[a2'] s53[+a0, +a2']) @[a0] tan(sin(real(1 + 1 * a0 + 1 * a2)))))))
    let v57 = log(1.3 + ((cummax[a0]((s53[+a0, +a2] + (0.737 * ones[a0, a2])) + 0.0113 * real(a0)) @[a0] min[a3 where ((2 + 2 * a2 + 3 * a3 + 1 * a0') mod 3 < 1) else 1.537](s53[+a2, +a3, +a0'] + 0.0113 * real(a3))[a0' -> a0]) / #a0)^2)
    s53 = f64(tanh(sqrt(0.4 + (s53 * s53)^2)))
  }
  (r0: f64(s53))
}
experiment e() {
  let d0: f64[a0, a2] = load("d0.npy")
  let net = Main[]
  print(net(d0))
  print(grad((v: f64[a0, a2]) => mean(tanh(net(v).r0)))(d0))
}

