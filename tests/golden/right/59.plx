// --precision f32
use nn
axis a0 = 5
axis a1 = 4
axis a2 = 5
block B0[k1, k2, k3](x4: [], x5: bool[k1, k3]) -> [] {
  let v7 = (sum[a2 -> a1: a1(int(((2 + 2 * a2) mod 2 < 2)) mod #a1)](tanh((((sin(real(2 + 3 * a2 + 2 * k3)) + (0.337 * ones[k3])) @[k3] (x4[+a2, +k3] / (1.1 + x4[+a2, +k3]^2))) / #k3))) + grad((v6: [a1]) => max(0.0171 + mean[a2](x4[+a2]), sum[k2](x4[+k2])))(tanh(mean[a0](mean[k1 where ((0 + 2 * a1 + 3 * k1) mod 2 < 1) else 1.637](x4[+a0, +a1, +k1])))))
  let v8 = ((1.2 + tanh(((softmax[a0](x4[+a0]))^3))^2)^0.7)
  var s10 = tanh((if (sin(real(0 + 3 * a2 + 2 * k3)) / (1.1 + (1.337 * ones[a2, k3])^2)) > 0.0193 then sqrt((sin(real(0 + 3 * a2 + 2 * k3)) / (1.1 + (1.337 * ones[a2, k3])^2))) else (checkpoint { let u9 = x4[+a1, +a2]; sin(real(1 + 3 * a2 + 2 * k3)) })))
  for i11 in a2 {
    let v12 = any[k2](((0 + 1 * a1 + 3 * a2 + 2 * k2) mod 3 < 1))
    let h13 = jacobian[k3 -> k3']((v14: [k3]) => (if grad((v15: []) => x4)(x4) > 0.0193 then sqrt(grad((v15: []) => x4)(x4)) else (if ((2) mod 2 < 1) then x4 else x4)))(mean[a2](s10))
    s10[a2: a2(((1) * (0)) mod #a2)] = tanh(((x4[+k3] + softmax[k3 where ((0 + 1 * k3) mod 3 < 1)](stop((1.837 * ones[k3])))) + sin(real(1 + 3 * k3))))
  }
  x4
}
fn f16(x17: [], x18: [a0, a1], x19: [a1]) -> [a1, a2] {
  let v20 = softmax[a0](tanh(real((1 + 2 * a0 + 3 * a2))))
  (log(1.3 + sin(real(0 + 2 * a1 + 3 * a2))^2) + x19[+a2])
}
block Main(x21: f32[], x22: f32[a1, a2], x23: bool[a1]) -> (r0: f32[a0, a2], r1: i64[a0, a1, a2], r2: f32[a1, a2]) {
  param w24: [a1, a2] = 0.3 * normal[a1, a2]
  param w25: [] = 0.7
  var s26 = f32(tanh(min(0.0171 + (if sin(real(2 + 1 * a0)) > 0.0193 then sqrt(sin(real(2 + 1 * a0))) else w25[+a0]), (if ((0 + 2 * a0) mod 3 < 1) then sin(real(2 + 1 * a0)) else x21[+a0]))))
  let y27 = for i28 in a2 {
    let v33 = tanh(((((w25 * w25) - grad((v30: []) => v30)(f32(x21))) + stop((x21 * x21))) * (tanh(((x22 / (1.1 + w25[+a1, +a2]^2)) @[a1] tanh(grad((v31: [a1]) => x21)(f32(x21[+a1]))))) @[a2] tanh((tanh(((x21[+a2])^2)) + grad((v32: []) => x21)(f32(x21)))))))
    s26 = f32(tanh((v33[+a0] * (-(if ((0 + 1 * a0) mod 2 < 2) then w25[+a0] else v33[+a0])))))
    yield f32((cos(min[a1](s26[+a1, +a2] + 0.0113 * real(a1))) @[a2] tanh(grad((v34: [a1, a2]) => w25)(f32(sin(real(0 + 1 * a1 + 3 * a2))))[a1: a1((0) mod #a1)])))
  }
  let v35 = softmax[a0]((tanh(stop((x22 @[a2] sin(real(2 + 2 * a2))))) @[a1] (1.037 * ones[a0, a1])))
  var s36 = f32(tanh((sum[a0](sum[a2 -> a0: a0((2 + 3 * a2) mod #a0)](w25[+a1, +a2])) / #a0)))
  for i37 in a1 {
    var s38 = f32(tanh(cumprod[a2](1.1 + 0.2 * tanh(x22))[a1: wrap(a1 - 1)]))
    for i39 in a1 {
      s38 = f32(tanh(sum[a0 -> a2: argmin[a2](v35[+a2] + 0.0113 * real(a2))]((tanh(((sin(real(2 + 1 * a0 + 1 * a1)))^3)) * v35[+a1]))))
      if any[a1]((x23 or x23)) { break }
    }
    let v40 = sort[a1](tanh(real((2 + 2 * a0 + 2 * a1 + 3 * a2))) + 0.0113 * real(a1))
    s36[a1: i37] += f32(tanh(w24[a1: 2, a2: 2]))
    if (clamp(w25, -0.713, 0.877) < 1.337) { break }
  }
  axis s41 = #a2
  var s43 = f32(tanh(grad((v42: []) => w25)(f32(w25))))
  if ((w25 < 0.237) and any[s41]((((1 + 1 * s41) mod 3 < 2) and ((0 + 3 * s41) mod 2 < 2)))) {
    s43 = f32(tanh(x21))
  }
  (r0: f32(s26[+a2]), r1: (0 + 3 * a0 + 3 * a1 + 2 * a2), r2: f32(s43[+a1, +a2]))
}
experiment e() {
  let d0: f32[] = load("d0.npy")
  let d1: f32[a1, a2] = load("d1.npy")
  let d2: bool[a1] = load("d2.npy")
  let net = Main[]
  print(net(d0, d1, d2))
  let slope = grad((m) => mean(tanh(m(d0, d1, d2).r0)))(net)
  print(norm(slope))
  print(grad((v: f32[]) => mean(tanh(net(v, d1, d2).r0)))(d0))
}

