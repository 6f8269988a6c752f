// --precision f32
use nn
axis a0 = (a0_0, a0_1, a0_2)
axis a1 = #a0
axis a2 = (a2_0, a2_1, a2_2)
axis a3 = 4
block B0[k1](x2: [k1], x3: [a1, a3], x4: bool[]) -> [a1, k1] {
  param w5: [a1] = ones[a1]
  axis s6 = #a3
  let (y9, t10) = jvp((v12: []) => expm1(tanh(var[a3]((v12[+a3] + v12[+a3])))), tanh((if ((2) mod 2 < 1) then sum[s6](sin(real(0 + 1 * s6))) else grad((v7: []) => v7)(1.037))), tanh((erf(0.737) * grad((v8: []) => v8)(1.037))))
  var s13 = tanh(y9)
  let y14 = for i15 in k1 {
    let v16 = sort[k1](((if (x4[+a0] or x4[+a0]) then x2[+a0] else mean[a2](sin(real(0 + 1 * a0 + 3 * a2 + 3 * k1)))) @[a0] tanh(mean[k1]((if ((1 + 1 * a0 + 2 * k1) mod 3 < 1) then t10[+a0, +k1] else y9[+a0, +k1])))) + 0.0113 * real(k1))
    s13 = tanh(t10)
    yield tanh((y9 - ((sin(real(0 + 1 * a2)) @[a2] y9[+a2]) / (1.1 + (tanh(t10[+a0]) @[a0] tanh(t10[+a0]))^2))))
  }
  softmax[a1](tanh(grad((v18: [a1, k1]) => s13)(x2[+a1])))
}
block B19[k20, k21](x22: [], x23: []) -> [] {
  param w24: [a0, a1] = uniform[a0, a1]
  param w25: [a0, k20] = uniform[a0, k20]
  let v26 = x22[+k21]
  let v27 = min[k20]((stop((if ((2 + 3 * a0) mod 3 < 2) then x22[+a0] else x22[+a0])) @[a0] tanh((x22[+a1, +k20] @[a1] x22[+a0, +a1, +a3, +k20])[k20: clamp(k20 + 1 * a1 - #a1 div 2)])) + 0.0113 * real(k20))
  let r30 = (h: norm[a1](one_hot[a0](a0((1 + 2 * a1) mod #a0))[a0: a0((1 + 3 * k20) mod #a0)] + 0.717 + real(a1)), c: grad((v28: [a0, a3]) => softplus(grad((v29: []) => x22)(x23)))((sum[a1 -> a0: a0((2 + 2 * a1) mod #a0)](tanh(v27)) / (1.1 + max[a2 where ((1 + 2 * a0 + 1 * a2 + 1 * a3) mod 2 < 1) else 1.437](x22[+a0, +a2, +a3] + 0.0113 * real(a2))^2))))
  let r31 = 0.7 * r30 + 0.2 * r30
  (x23 * x22)
}
block B32(x33: [], x34: a0[a1, a2], x35: a1[]) -> [a3] {
  param w36: [a1, a3] = uniform[a1, a3]
  param w37: [a0, a2] = 0.3 * normal[a0, a2]
  var s38 = clamp((sin(real(2 + 3 * a0)) @[a0] sin(real(0 + 2 * a0))), -0.713, 0.877)
  var n39 = 0
  while n39 < 2 and s38 < 0.8537 {
    let v40 = sum[a2 where any[a1](((2 + 3 * a0 + 3 * a1 + 3 * a2 + 2 * a3) mod 3 < 1))](reverse[a2]((cumprod[a3](1.1 + 0.2 * tanh(x33[+a0, +a2, +a3])) / (1.1 + (x33[+a0, +a2, +a3] + softmax[a2 where ((2 + 1 * a0 + 2 * a2 + 1 * a3) mod 2 < 1)](s38[+a0, +a2, +a3]))^2))))
    s38 = tanh(((checkpoint { let u42 = acos(0.7 * sin(w37)); (if ((2) mod 3 < 1) then x33 else s38) }) * s38))
    n39 = n39 + 1
    if (((1) mod 2 < 1) and any[a0](((0 + 2 * a0) mod 3 < 2))) { break }
  }
  var s44 = tanh((checkpoint { let u43 = ((1.337 * ones[a1]) / (1.1 + sin(real(1 + 2 * a1))^2)); (sin(real(1 + 2 * a0 + 1 * a2)) + w37) }))
  for i45 in a1 {
    let (y46, t47) = vjp((v49: []) => tanh(real(sum[a3]((2 + 2 * a0 + 2 * a2 + 2 * a3)))), tanh(sum[a3]((x33[+a3] - sin(real(2 + 3 * a3))))))
    let u48 = t47(tanh(prod[a1](1.1 + (0.4 * tanh(sin(real(0 + 3 * a0 + 2 * a1 + 3 * a2)))))))
    var s52 = tanh(grad((v51: [a2]) => x33)(tanh(grad((v50: [a2]) => u48)(s38[+a2]))))
    for i53 in a2 {
      s52[a2: i53] = tanh(u48[+a2][a2: n39 else 0.537])
    }
    s44 = tanh(u48[+a0, +a2])
    if all[a0]((not ((0 + 1 * a0) mod 2 < 1))) { break }
  }
  x33[+a3]
}
block Main(x54: f32[a0]) -> (r0: f32[], r1: a0[], r2: f32[a3]) {
  param w55: [] = 0.7
  let v56 = (((1.3 + clamp(sign(0.0137 + w55), -0.713, 0.877)^2)^(-1.5)) + (log(1.3 + x54^2) @[a0] tanh(sum[a3 where ((0 + 2 * a0 + 1 * a3) mod 2 < 2)](w55[+a0, +a2, +a3])))[a2: (int(a1((1) mod #a1)) - (0)) else 0.437])
  let v57 = v56[+a0, +a1][a0: a0(count_true[a0]((((1 + 2 * a0) mod 2 < 1) or ((0 + 2 * a0) mod 3 < 1))) mod #a0)]
  let (y58, g59) = value_and_grad((v60: [a0, a1]) => mean[a0](x54))(f32(tanh((max[a2 where ((0 + 1 * a0 + 1 * a1 + 3 * a2) mod 3 < 2) else 0.137]((1.737 * ones[a0, a1, a2]) + 0.0113 * real(a2)) - v56[+a0, +a1]))))
  let v63 = norm[a2](tanh(softplus((checkpoint { let u61 = cummax[a1](w55[+a1, +a3] + 0.0113 * real(a1)); grad((v62: [a2]) => v56)(f32(w55[+a2])) }))) + 0.717 + real(a2))
  let (y64, g65) = value_and_grad((v66: [a3]) => sinh(tanh(v56)))(f32(tanh(max[a2]((tanh(v57) @[a1] tanh(v57[+a2, +a3])) + 0.0113 * real(a2)))))
  let v68 = (relu(0.137 + erfc(tanh(g65[+a2][a2: wrap(a2 + 2 * a0 - #a0 div 2)]))) / (1.1 + tanh((stop((w55[+a1, +a2] @[a1] (0.837 * ones[a0, a1, a3]))) * ((checkpoint { let u67 = w55; sin(real(1 + 3 * a1)) }) @[a1] sin(real(2 + 3 * a0 + 1 * a1 + 1 * a2 + 1 * a3)))))^2))
  (r0: f32(((tanh(((y58 - y64) * exp(tanh(y58)))) + (max[a2](x54[+a2] + 0.0113 * real(a2)) @[a0] tanh(v56[+a0]))) / (1.1 + w55^2))), r1: argmin[a0]((mean[a1](y64[+a0, +a1]) + softmax[a0 where (((2 + 3 * a0) mod 3 < 1) and ((0) mod 2 < 2))](y64[+a0])) + 0.0113 * real(a0)), r2: f32(v63[+a3]))
}
experiment e() {
  let d0: f32[a0] = load("d0.npy")
  let net = Main[]
  print(net(d0))
}

