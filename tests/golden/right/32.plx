// --precision f64
use nn
axis a0 = 2
axis a1 = 5
axis a2 = #a0 + #a1
axis a3 = #a1
fn f0[k1](x2: [], x3: [a1], x4: []) -> [a0] {
  let v5 = real(((2 + 1 * a3) - int(a1((1 + 1 * a3) mod #a1))))[a3: a3 + 1 * a2 - #a2 div 2 else 1.837]
  let r7 = (h: max[k1]((x4[+a0, +a2] @[a2] one_hot[k1](k1((1 + 3 * a1 + 1 * a2) mod #k1))) + 0.0113 * real(k1)), c: (tanh((sum[a3 -> a0: a0((2 + 2 * a3) mod #a0)](x2[+a3, +k1]) + sinh(tanh(x2)))) @[a0] (checkpoint { let u6 = rsqrt(0.6 + x4^2); tanh(var[a2](v5[+a0, +k1])) })))
  let r8 = 0.7 * r7 + 0.2 * r7
  x4[+a0'][a0' -> a0][a0: wrap(a0 - 2)]
}
fn f9[k10, k11](x12: [a0, a2], x13: [k11], x14: [a0, a2]) -> [a2, k10] {
  let r16 = (h: (sin(real(1 + 1 * a1 + 2 * k10))[a1 -> a3][a3: #a3 - 1 - a3] @[k10] (fix z15 = 0.4 * tanh(z15 + tanh((-sin(real(1 + 3 * k10))))) + tanh(var[a3]((0.837 * ones[a3, k10]))) from tanh(var[a3]((0.837 * ones[a3, k10]))) within 1e-13 at most 200)), c: (max(0.0171 + 1.337, ((0.837 * ones[a0]) @[a0] (1.437 * ones[a0]))) - prod[a3](1.1 + (0.4 * tanh((sin(real(0 + 1 * a0)) @[a0] (1.237 * ones[a0, a3])))))))
  let r17 = 0.7 * r16 + 0.2 * r16
  (tanh((r17.c[+k10] * (((0.237 * ones[k10]) + r17.c[+k10]) / (1.1 + (sin(real(2 + 1 * k10)) + r17.c[+k10])^2)))) * tanh((((sin(real(1 + 3 * a0)) @[a0] (0.637 * ones[a0, k11]))[k11: k11((1 + 2 * a2 + 3 * k10) mod #k11)])^2)))
}
block Main(x18: f64[a1, a2]) -> (r0: f64[a1], r1: a0[a1]) {
  param w19: [] = 0.7
  param w20: [a3] = ones[a3]
  let (y21, g22) = value_and_grad((v23: [a2]) => w19)(f64(x18[a1: 0]))
  let n24 = permutation[a0]
  let (y25, t26) = linearize((v28: [a1, a2]) => var[a2](tanh((v28[a1: 1] * real((0 + 1 * a2))))), f64(tanh(exp(tanh(sum[a0](y21[+a0, +a1, +a2]))))))
  let u27 = t26(f64(reverse[a2](w19[+a2])[a2: wrap(a2 + 1 * a1 - #a1 div 2)]))
  let (y30, g31) = value_and_grad((v32: [a0, a2]) => (tanh((((0.337 * ones[a0]) @[a0] (0.737 * ones[a0, a1])) * (if ((1 + 3 * a1) mod 2 < 2) then y25[+a1] else (0.037 * ones[a1])))) @[a1] x18[a2: 2]))(f64(tanh((if (if ((2 + 1 * a0 + 2 * a2) mod 3 < 1) then y25[+a0, +a2] else g22[+a0]) > 0.0193 then sqrt((if ((2 + 1 * a0 + 2 * a2) mod 3 < 1) then y25[+a0, +a2] else g22[+a0])) else grad((v29: [a0]) => w19)(f64((1.137 * ones[a0])))))))
  (r0: f64(tan(sin(erfc(tanh(u27[+a1]))[a1: wrap(a1 - 2)]))), r1: a0(int(a2((0 + 1 * a1) mod #a2)) mod #a0))
}
experiment e() {
  let d0: f64[a1, a2] = load("d0.npy")
  let net = Main[]
  print(net(d0))
  let slope = grad((m) => mean(tanh(m(d0).r0)))(net)
  print(norm(slope))
  print(grad((v: f64[a1, a2]) => mean(tanh(net(v).r0)))(d0))
}

