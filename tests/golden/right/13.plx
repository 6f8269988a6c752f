// --precision f64
use nn
axis a0 = 3
axis a1 = #a0
axis a2 = #a0 + #a1
block B0(x1: []) -> [a1] {
  let (y2, g3) = value_and_grad((v4: []) => x1)(x1)
  let (r7, r8) = ((grad((v5: [a1]) => grad((v6: []) => g3)(y2))(cos(sin(real(0 + 2 * a1)))) / (1.1 + ((y2[+a2] @[a2] (y2[+a1, +a2] / (1.1 + sin(real(0 + 3 * a1))^2))) / #a2)^2)), cosh(erfc(tanh(mean[a1](x1[+a1])))))
  var s9 = tanh((abs(0.0713 + sin(real(0 + 1 * a1 + 1 * a2))) - sin(real(1 + 1 * a1 + 1 * a2))))
  let y10 = for i11 in a0 {
    let (y13, t14) = vjp((v16: [a2]) => tanh((grad((v17: [a0, a2]) => abs(0.0713 + y2))(tanh(g3[+a0, +a2])[a2: a2 - 1 else 0.537]) * r8[+a0, +a2])), (0.237 * ones[a2]))
    let u15 = t14(tanh(softplus(r8[+a0, +a2])))
    s9 = tanh(r7[+a2])
    yield tanh(g3[+a1, +a2])
  }
  r7
}
block B18[k19, k20, k21](x22: [a1, a2], x23: [k21], x24: [a1, k21]) -> [k19] {
  param w25: [k19] = normal[k19]
  let v27 = (sum[k20 -> a0: a0((1 + 2 * k20) mod #a0)](sin(real(1 + 2 * a1 + 3 * k20)))[a0: int(a1)][a1: a1 + 1 * a0 - #a0 div 2 else 1.337] - stop(grad((v26: [a0, a1, k20]) => (0.537 * ones[a2])[a2: a2((2) mod #a2)])(sin(real(0 + 2 * a1 + 2 * k20))[k20: k20 + 2 * a0 - #a0 div 2 else 0.537])))
  axis s28 = #k20
  let n29 = categorical[k21](min(0.0171 + (if ((1 + 3 * a2) mod 3 < 2) then x23[+a2] else x23[+a2]), (0.537 * ones[a0, a2])[a0: a0((2 + 2 * k21) mod #a0)]))
  (one_hot[k19](k19((0) mod #k19)) * (((0.237 * 0.137) / (1.1 + sigmoid(0.137)^2)) - min(0.0171 + grad((v30: []) => v30)(1.737), ((0.637 * ones[s28]) @[s28] sin(real(0 + 1 * s28))))))
}
block B31(x32: [a0], x33: a2[a1], x34: i64[]) -> [] {
  let net35 = B0[]
  let v37 = (sum[a0 where ((x32[+a1] >= 1.137) or (0.037 < 0.337))]((tanh(grad((v36: [a1, a2]) => (0.837 + 1.837))((sin(real(1 + 1 * a1 + 3 * a2)) + (1.237 * ones[a1, a2])))) @[a2] sum[a1](tanh(real((1 + 3 * a0 + 1 * a1 + 1 * a2)))))) / #a0)
  let (y39, t40) = jvp((v42: []) => v42, tanh(log1p(1.037^2)), tanh(max(0.0171 + log1p(0.137^2), grad((v38: []) => v38)(0.537))))
  y39
}
block Main(x43: f64[], x44: a1[a0, a1], x45: i64[a2]) -> (r0: f64[a1, a2], r1: f64[a1, a2]) {
  param w46: [a0, a2] = uniform[a0, a2]
  let (y48, t49) = vjp((v51: [a1, a2]) => tanh(((x43)^3)), f64(tanh((if (x43[+a1, +a2] < 0.037) then sum[a0](x43[+a0, +a1, +a2]) else abs(0.0713 + x43[+a2])))))
  let u50 = t49(f64(tanh(atan2((x43 * x43), (1.1 + relu(0.137 + x43)^2)))))
  let v52 = ((0 + 1 * a0 + 1 * a1 + 1 * a2) mod 2 < 2)
  var s53 = f64(tanh((if y48[+a2] > 0.0193 then sqrt(y48[+a2]) else min[a0 where ((2) mod 3 < 2) else 1.137](w46 + 0.0113 * real(a0)))))
  s53[a2: a2(sum[a1]((2 + 2 * a1)) mod #a2)] = f64(tanh((checkpoint { let u54 = (0.337 * ones[a2])[a2: clamp(a2 + 2 * a1 - #a1 div 2)]; (s53 / (1.1 + s53^2)) })[a2: clamp((sum[a0]((2 + 3 * a0)) mod (2 + int(a0((0) mod #a0)) mod 5)))]))
  let v55 = y48
  let (y56, t57) = jvp((v59: []) => (if ((0) mod 3 < 1) then sum[a2](v55[+a1, +a2])[a1: a1((2) mod #a1)] else tan(tanh(x43))), f64((if (not ((0) mod 3 < 1)) then relu(0.137 + y48) else min(0.0171 + v55, v55))), f64((tanh(norm[a2](y48[+a2] + 0.717 + real(a2))) * rsqrt(0.6 + v55^2))))
  (r0: f64(erfc(w46[a0: 2])[a2: wrap(a2 + 1 * a1 - #a1 div 2)]), r1: f64(sum[a0 -> a1: a1((1 + 3 * a0) mod #a1)](one_hot[a2](a2((0 + 1 * a0) mod #a2)))))
}
experiment e() {
  let d0: f64[] = load("d0.npy")
  let d1: a1[a0, a1] = load("d1_below3.npy")
  let d2: i64[a2] = load("d2.npy")
  let net = Main[]
  print(net(d0, d1, d2))
  let slope = grad((m) => mean(tanh(m(d0, d1, d2).r0)))(net)
  print(norm(slope))
  print(grad((v: f64[]) => mean(tanh(net(v, d1, d2).r0)))(d0))
}

