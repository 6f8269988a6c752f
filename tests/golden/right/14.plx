// --precision f32
use nn
axis a0 = 1
axis a1 = #a0
axis a2 = 4
axis a3 = 7
axis a4 = 1
fn f0[k1](x2: [k1], x3: i64[a2], x4: a2[]) -> [] {
  let v6 = erfc(tanh((if ((0) mod 2 < 1) then grad((v5: []) => v5)(tanh(((0.737)^2))) else 1.137)))
  let (y7, g8) = value_and_grad((v9: [a3]) => ((checkpoint { let u10 = sum[a0](v6[+a0, +a3, +a4]); (v6[+a4] @[a4] v6[+a4]) }) / (1.1 + v6^2)))(tanh(((v6[+a0, +k1][a0: (1) else 1.637] @[k1] (x2[+a3] - x2[+a3])) / #k1)))
  let v11 = a4((1 + 1 * a4 + 2 * k1) mod #a4)
  (v6 + v6[+k1'][k1' -> k1][k1: wrap((1))])
}
block B12[k13, k14](x15: [a1], x16: a1[a3], x17: [a3, k14]) -> [a1, a4] {
  let v18 = all[a0]((((sin(real(0 + 1 * a0 + 1 * a2 + 1 * a3 + 1 * a4)) >= 0.337) or ((0 + 2 * a0 + 2 * a4) mod 2 < 2)) or (not ((2 + 3 * a0 + 2 * a2 + 1 * a3 + 1 * a4) mod 3 < 2))))
  let r20 = (h: sin(real(1 + 1 * a2 + 3 * k13)), c: log1p((tanh(x15[+a2]) + grad((v19: [a1]) => 0.837)(x15[+a2]))^2))
  let r21 = 0.7 * r20 + 0.2 * r20
  var s22 = tanh(((x15[+a4] @[a4] sin(real(2 + 1 * a4))) @[a1] sinh(tanh(x15))))
  for i23 in a1 {
    var s24 = tanh((if (((0) mod 3 < 1) or ((0) mod 2 < 1)) then max[k14](s22[+k14] + 0.0113 * real(k14)) else (s22 - s22)))
    for i25 in 0..1 {
      s24 = tanh(max[k14](relu(0.137 + (s24[+k14] / (1.1 + s24[+k14]^2))) + 0.0113 * real(k14)))
    }
    let v26 = (s24[+a0, +a2] / (1.1 + (1.637 * ones[a2])^2))
    s22 = tanh((if ((1) mod 3 < 1) then tanh(expm1(s24)) else relu(0.137 + softplus(s22))))
    if (s24 < 1.037) { break }
  }
  (s22[+a4] - sin(real(0 + 2 * a4)))[a4: wrap(a4 + 2 * a1 - #a1 div 2)]
}
block Main(x27: f32[], x28: f32[a0, a1]) -> (r0: f32[], r1: i64[], r2: f32[]) {
  param w29: [a3] = uniform[a3]
  var s30 = f32(cumsum[a0]((sin(real(1 + 3 * a0 + 1 * a4)) + softmax[a0 where ((0 + 2 * a0 + 1 * a4) mod 2 < 2)](x27[+a0, +a4]))))
  if ((1) mod 2 < 1) {
    let v31 = erfc(x27)
    s30 = f32(tan(tanh(v31[+a0, +a4])))
  }
  let v32 = sin(real(1 + 2 * a3))[a3: a3((((2 + 2 * a2) + (1 + 1 * a2)) div (2 + count_true[a0](((1 + 2 * a0) mod 2 < 1)) mod 5)) mod #a3)]
  let v35 = softmax[a0](tanh((if ((((1 + 1 * a0 + 3 * a3) mod 3 < 1) and ((0) mod 3 < 2)) and all[a1](((2 + 1 * a0 + 3 * a1 + 1 * a3) mod 2 < 2))) then grad((v33: [a0, a1, a3]) => max[a4 where ((2 + 2 * a4) mod 3 < 2) else 1.137](x27[+a4] + 0.0113 * real(a4)))(f32((sin(real(0 + 2 * a0 + 1 * a1 + 2 * a3)) / (1.1 + w29[+a0, +a1]^2)))) else (sum[a2](grad((v34: [a0, a3]) => x27)(f32(x27[+a0, +a2, +a3]))) / #a2))))
  let (y38, t39) = vjp((v41: [a3]) => (cosh(tanh((x27[+a2] - x27[+a2]))) + (min(0.0171 + x27[+a1, +a2], x27[+a1, +a2]) @[a1] v32[+a0, +a1][a0: int(a1)])), f32(tanh(grad((v36: []) => v36)(f32(tanh(acos(0.7 * sin(x27[+a3]))))))))
  let u40 = t39(f32((if ((1 + 1 * a2 + 3 * a2') mod 2 < 2) then x27[+a2, +a2'] else v32[+a2'])[a2': int(a2)]))
  var s42 = f32(tanh(atan2((x27[+a2'] / (1.1 + x27[+a2']^2)), (1.1 + (x27[+a2'] + x27[+a2'])^2))))
  if ((0) mod 3 < 1) {
    let v44 = cumsum[a2](tanh(grad((v43: []) => softplus((v43[+a2'] @[a2'] (0.437 * ones[a2']))))(f32((if ((0 + 3 * a2) mod 3 < 1) then one_hot[a2](a2((1) mod #a2)) else (1.637 * ones[a2]))))))
    var s45 = f32(tanh(y38[+a4]))
    if (all[a3]((((2 + 3 * a3) mod 2 < 2) and ((0 + 2 * a3) mod 2 < 2))) and (not ((0) mod 2 < 1))) {
      s45 = f32(tanh((x27[+a2, +a4] + softmax[a2 where ((2 + 2 * a2 + 1 * a4) mod 2 < 1)](tanh(((x27[+a2] - (1.837 * ones[a1, a2, a4])) @[a1] prod[a2' where ((2 + 2 * a2') mod 3 < 1)](1.1 + (0.4 * tanh(x27[+a1, +a2, +a2'])))))))))
    }
    s42 = f32(s42)
  }   else {
    s42 = f32(s42)
  }
  (r0: f32(x27), r1: (sum[a0]((((2 + 3 * a0) mod (2 + (2 + 3 * a0) mod 5)) - (0 + 3 * a0))) - (0)), r2: f32(x27))
}
experiment e() {
  let d0: f32[] = load("d0.npy")
  let d1: f32[a0, a1] = load("d1.npy")
  let net = Main[]
  print(net(d0, d1))
  let slope = grad((m) => mean(tanh(m(d0, d1).r0)))(net)
  print(norm(slope))
  print(grad((v: f32[]) => mean(tanh(net(v, d1).r0)))(d0))
}

