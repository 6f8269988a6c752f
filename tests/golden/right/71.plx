// --precision f32
use nn
axis a0 = 4
axis a1 = 7
axis a2 = 9
block B0[k1, k2, k3](x4: [a0, k3]) -> [] {
  var s5 = tanh(sum[a2 -> k1: k1((2 + 3 * a2) mod #k1)]((sin(real(1 + 1 * a0 + 3 * a2)) - (1.237 * ones[a0, a2]))))
  for i6 in a0 {
    let v8 = (if ((1) mod 2 < 1) then (fix z7 = 0.4 * tanh(z7 + tanh((1.837 * ones[a2])[a2: clamp(a2 + 1 * a1 - #a1 div 2)])) + tanh((((x4 @[k3] (1.037 * ones[a0, a1, k3])) / #k3) @[a0] tanh(((1.2 + sin(real(2 + 2 * a0 + 1 * a1 + 1 * a2))^2)^0.7)))) from tanh((((x4 @[k3] (1.037 * ones[a0, a1, k3])) / #k3) @[a0] tanh(((1.2 + sin(real(2 + 2 * a0 + 1 * a1 + 1 * a2))^2)^0.7)))) within 1e-13 at most 200) else relu(0.137 + ((0.737 * ones[a0']) * sin(real(0 + 2 * a0'))))[a0': a0'((1) mod #a0')])
    let v9 = cummax[a0](sigmoid(cumprod[a0](1.1 + 0.2 * tanh(x4))[k3: k3((2 + 1 * a1 + 3 * a0') mod #k3)]) + 0.0113 * real(a0))
    s5[a0: i6] += tanh(mean[a0](s5))
  }
  let (y10, t11) = vjp((v13: [k1]) => ((0.037 * ones[a1, a2]) + (max[a0](sin(real(0 + 3 * a0 + 1 * a1 + 3 * a2)) + 0.0113 * real(a0)) * sin(real(0 + 3 * a1 + 2 * a2)))), sin(real(0 + 1 * k1)))
  let u12 = t11(tanh(exp((0.437 * ones[a1, a2]))))
  0 * sum(x4) + 0.237
}
block B14[k15](x16: [k15], x17: [a2, k15]) -> [a0, a2] {
  param w18: [a0, a1] = 0.3 * normal[a0, a1]
  param w19: [] = 0.7
  let v20 = a2((2 + 1 * a0 + 3 * k15) mod #a2)
  var s21 = tan(tanh(max[k15 -> a2: a2((2 + 1 * k15) mod #a2) else 1.037](x16)))
  for i22 in 0..3 {
    var s23 = sin(w19[+a0])
    for i24 in a0 {
      s23[a0: i24] = tanh(((1.2 + expm1(tanh(((s21 @[a2] s21) / #a2)))^2)^0.7))
    }
    s21 = tanh((sum[a0 where (not ((2 + 2 * a0 + 3 * a2) mod 2 < 1))](((w19[+a0, +k15] @[k15] (w19[+a2, +k15] + (1.437 * ones[k15]))) / #k15)) / #a0))
  }
  w19[+a0, +a2]
}
block Main(x25: f32[a1, a2], x26: f32[a1, a2], x27: bool[]) -> (r0: f32[], r1: i64[]) {
  param w28: [] = 0.7
  param w29: [a1] = normal[a1]
  let n30 = bernoulli(sigmoid(sum[a1 -> a2: a2((0 + 2 * a1) mod #a2)]((if x27[+a0] then sin(real(0 + 3 * a0 + 1 * a1)) else w29[+a0]))))
  let (y31, g32) = value_and_grad((v33: [a2]) => w28)(f32(w28[+a2]))
  let (r35, r36) = (grad((v34: [a1, a2]) => cosh(tanh((w28 - w28))))(f32(tanh((if ((2 + 2 * a1 + 3 * a2) mod 2 < 2) then cosh(tanh(y31[+a1, +a2])) else (y31[+a2] @[a2] tanh(g32)))))), tanh(sqrt(0.2 + var[a0]((x25[+a0] - x25[+a0]) + 0.717 + real(a0)))))
  let (r37, r38) = ((tanh((if ((1 + 2 * a2) mod 3 < 1) then sin(real(0 + 3 * a2)) else g32))[a2: wrap(a2 - 3)] @[a2] tanh(sqrt(0.4 + (y31[+a2] / (1.1 + y31[+a2]^2))^2))), ((min[a2 where ((0 + 1 * a0 + 3 * a1 + 3 * a2) mod 3 < 1) else 0.037](w28[+a0, +a1, +a2, +a0'][a0': int(a0)] + 0.0113 * real(a2)) @[a1] tanh(sum[a0' where x27[+a0']]((if ((2 + 3 * a1 + 1 * a0') mod 2 < 2) then (0.637 * ones[a1, a0']) else w28[+a1, +a0'])))) / #a1))
  let (y40, g41) = value_and_grad((v42: [a0, a1]) => (if ((w28 - y31) < 1.037) then sum[a1 where ((1 + 3 * a1) mod 2 < 2)](w29) else y31))(f32(tanh(((tanh(grad((v39: [a2]) => w28)(f32(y31[+a2]))) @[a2] ((tanh(g32[+a0, +a0']) @[a0'] r37[+a1, +a2, +a0']) / #a0')) / #a2))))
  let v43 = (y31 - sin(tanh((y40 * (w28 / (1.1 + y40^2))))))
  (r0: f32(r37), r1: sum[a0'](((0 + 2 * a0') div (2 + int((((1) mod 2 < 2) and ((0) mod 3 < 1))) mod 5))))
}
experiment e() {
  let d0: f32[a1, a2] = load("d0.npy")
  let d1: f32[a1, a2] = load("d1.npy")
  let d2: bool[] = load("d2.npy")
  let net = Main[]
  print(net(d0, d1, d2))
  let slope = grad((m) => mean(tanh(m(d0, d1, d2).r0)))(net)
  print(norm(slope))
  print(grad((v: f32[a1, a2]) => mean(tanh(net(v, d1, d2).r0)))(d0))
}

