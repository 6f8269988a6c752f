// --precision f64
use nn
axis a0 = 3
axis a1 = #a0
axis a2 = 4
axis a3 = 2
axis a4 = 9
block B0(x1: [a1, a2], x2: bool[a0, a1]) -> [a1] {
  param w3: [] = 0.7
  var s4 = tanh(w3)
  for i5 in a4 {
    let v7 = cumprod[a4](1.1 + 0.2 * tanh(tanh(((expm1(tanh(w3[+a2, +a4])) / (1.1 + s4[+a2, +a4'][a4' -> a4]^2)) - (grad((v6: [a2, a4]) => s4)(s4[+a2, +a4]) + (if s4[+a2, +a4] > 0.0193 then sqrt(s4[+a2, +a4]) else s4[+a2, +a4]))))))
    let (y9, t10) = jvp((v12: []) => v12, tanh(relu(0.137 + (w3 - s4))), tanh(softplus(grad((v8: []) => w3)(s4))))
    s4 = tanh(mean[a2 where ((0 + 1 * a2) mod 3 < 1) else 0.837](w3[+a4, +a4'][a4: int(a4')][a4': ((1 + 1 * a2) - (2 + 3 * a2)) else 1.137]))
  }
  var s13 = tanh(sum[a0](s4[+a0, +a4])[a4: (2) else 0.737])
  for i14 in 0..1 {
    let v17 = grad((v16: [a1, a3]) => w3)(tanh(((if w3[+a1, +a3] > 0.0193 then sqrt(w3[+a1, +a3]) else (1.137 * ones[a1, a3])) - (tanh((0.537 * ones[a3, a4])) @[a4] (checkpoint { let u15 = s13; s4[+a1, +a4] })))))
    s13 = tanh(w3)
  }
  s4[+a1]
}
fn f18[k19](x20: [a3, a4]) -> [] {
  (if (stop((sin(real(2 + 1 * a3)) @[a3] sin(real(0 + 1 * a3)))) >= 0.237) then tanh(sqrt(0.4 + (checkpoint { let u21 = (if ((2 + 1 * a4) mod 3 < 1) then sin(real(2 + 2 * a4)) else sin(real(0 + 1 * a4))); mean[a3, a4](x20) })^2)) else real((0)))
}
block Main(x22: f64[a1]) -> (r0: f64[a0, a2, a4], r1: a4[a2]) {
  param w23: [] = 0.7
  let v24 = tanh(real(sum[a4](sum[a1]((2 + 1 * a1 + 3 * a2 + 2 * a3 + 3 * a4 + 2 * a2')))))[a2': int(a2)]
  let n25 = uniform
  let (y26, t27) = jvp((v29: [a2, a4]) => ((w23 / (1.1 + min(0.0171 + n25, n25)^2)) + log(1.3 + w23^2)), f64(w23[+a2, +a4]), f64(min[a1 -> a2: a2((1 + 1 * a1) mod #a2) else 1.737](x22)[a2: a2 + 1 * a4 - #a4 div 2 else 0]))
  var s30 = f64(tanh(stop(n25[+a0])))
  for i31 in a3 {
    let (y32, t33) = jvp((v35: []) => f18[a1](f64(tanh(atan2(erfc(sin(real(1 + 2 * a3 + 2 * a4))), (1.1 + sum[a1 -> a3: a3((1 + 1 * a1) mod #a3)](tanh(t27[+a1]))^2))))), f64(tanh((tanh(y26[+a4]) @[a4] (0.137 * ones[a3, a4]))[a3: sum[a2]((1 + 2 * a2)) else 0.837])), f64(mean[a2'](tanh(sqrt(0.4 + w23[+a2']^2)))))
    let v36 = max(0.0171 + reverse[a0](softmax[a4](erf(t33[+a0, +a4]))), sin(real(0 + 3 * a0 + 2 * a4)))
    s30 = f64(atan(softmax[a0](sin(real(2 + 1 * a0))))[a0: clamp(a0 + 3)])
    if (not ((2) mod 3 < 1)) { break }
  }
  let v38 = (checkpoint { let u37 = ((mean[a1](sin(real(1 + 3 * a1 + 2 * a2))) / (1.1 + sum[a3 -> a2: a2((0 + 2 * a3) mod #a2)](sin(real(2 + 3 * a3)))^2)) @[a2] tanh(abs(0.0713 + (t27[+a2] / (1.1 + sin(real(2 + 1 * a2))^2))))); (if prod[a2 where ((0 + 1 * a2) mod 3 < 2)](1.1 + (0.4 * tanh(((1.2 + u37[+a2]^2)^0.7)))) > 0.0193 then sqrt(prod[a2 where ((0 + 1 * a2) mod 3 < 2)](1.1 + (0.4 * tanh(((1.2 + u37[+a2]^2)^0.7))))) else tanh(real(sum[a2']((2 + 2 * a2'))))) })
  let v39 = mean[a1](((1.837 * ones[a1, a2, a3, a4])[a1: wrap(a1 + 1 * a2' - #a2' div 2)] - v24[+a1, +a4, +a2'])[a2: int(a2')])
  (r0: f64(v38[+a0, +a2, +a4]), r1: a4((0 + 2 * a2) mod #a4))
}
experiment e() {
  let d0: f64[a1] = load("d0.npy")
  let net = Main[]
  print(net(d0))
}

