// --precision f32
use nn
axis a0 = 2
axis a1 = 33
axis a2 = 5
axis a3 = #a0
axis a4 = #a1
fn f0[k1, k2, k3](x4: [], x5: k2[a4], x6: a4[]) -> [a4] {
  let v7 = x4[+a3]
  var s8 = tanh(sum[k2 where ((1 + 3 * a1 + 3 * a2 + 2 * k2) mod 2 < 2)](x4[+a1, +a2, +k2]))
  for i9 in a2 {
    let v10 = (-x4[+a2, +a3, +k3])
    var s11 = tanh((if ((1) mod 2 < 1) then tanh(((x4[+k3])^3)) else ((x4[+a2] @[a2] x4[+a2, +k3]) / #a2)))
    for i12 in 0..0 {
      s11 = s11
    }
    s8[a2: a2((0) mod #a2)] = tanh(((real((0 + 1 * a3)) @[a3] (if v7[+a1] > 0.0193 then sqrt(v7[+a1]) else (fix z13 = 0.4 * tanh(z13 + tanh(x4[+a1, +a3])) + v7[+a1] from v7[+a1] within 1e-13 at most 200))) / #a3))
  }
  (mean[a0]((0.837 * ones[a0, a4])) / (1.1 + ((v7[a3: 0] * x4) / (1.1 + (x4 * stop(x4))^2))^2))
}
fn f14[k15](x16: [a2, a4], x17: i64[a0, a1]) -> [k15] {
  var s18 = tanh(sum[a0](f0[a3, a3, a3]((1.037 * ones[a0]), a3((0 + 3 * a0 + 1 * a4) mod #a3), a4((1) mod #a4))))
  for i19 in a4 {
    let v20 = (acos(0.7 * sin(1.037)) < 0.737)
    let v22 = grad((v21: []) => atan(tanh(((mean[a0](v21[+a0]))^2))))((if any[a3]((not ((1 + 1 * a3) mod 2 < 1))) then atan(((1.2 + 0.537^2)^0.7)) else 1.037))
    s18[a4: i19] = tanh((grad((v23: []) => v23[+a2][a2: a2((0) mod #a2)])(tanh(v22)) - v22))
  }
  let v24 = max[a0]((1.837 * ones[a0, a4]) + 0.0113 * real(a0))
  var s25 = tanh(((1.837 * ones[a0, k15]) * ((0.237 * ones[a0, k15]) * (0.837 * ones[a0, k15]))))
  s25[k15: k15((0) mod #k15)] += tanh((if ((2 + 1 * a0) mod 2 < 2) then (((1.3 + (1.137 * ones[a2])^2)^(-1.5)) @[a2] sin(real(2 + 1 * a0 + 3 * a2))) else (0.337 * ones[a0])))
  (0.837 * ones[k15])
}
block B26[k27, k28](x29: [a1, a2], x30: []) -> [] {
  param w31: [] = 0.7
  let (y32, t33) = vjp((v35: [a2, a4]) => atan2(min(0.0171 + x30[+a0, +k27, +a0'], w31[+a0, +k27, +a0'])[a0': int(a0)], (1.1 + stop(reverse[k27](w31[+a0, +k27]))^2)), tanh((-sum[a0 -> a2: a2((2 + 1 * a0) mod #a2)](x30[+a0, +a4]))))
  let u34 = t33(tanh((-((w31[+a2] @[a2] x30[+a0, +a2, +k27]) / #a2))))
  let v36 = ((((2 + 1 * k28) mod 3 < 2) and (((0) mod 3 < 1) or (((1) mod 3 < 2) or ((1) mod 2 < 2)))) or (not any[a3](((2 + 3 * a3 + 1 * k28) mod 2 < 1))))
  var s37 = tanh(sum[a0'](abs(0.0713 + x30[+a0'])))
  if ((0) mod 3 < 2) {
    var s38 = tanh(mean[a2](x29))
    for i39 in 0..3 {
      s38 = tanh(reverse[a1]((-(x30[+a1] + softmax[a1 where ((1) mod 2 < 1)](w31[+a1])))))
    }
    let v40 = (not ((1 + 1 * a0 + 2 * k27) mod 2 < 1))
    s37 = tanh(atan2(sum[a3](tanh(norm[a1](w31[+a1, +a3] + 0.717 + real(a1)))), (1.1 + (checkpoint { let u41 = prod[a2 -> a0': a0'((0 + 3 * a2) mod #a0')](1.1 + (0.4 * tanh((0.537 * ones[a0, a2])))); sign(0.0137 + x30) })^2)))
  }
  grad((v42: []) => x30)((sum[a4](w31[+a4]) / #a4))
}
block Main(x43: f32[a2, a4]) -> (r0: f32[a2, a3]) {
  param w44: [a1, a3] = uniform[a1, a3]
  param w45: [] = 0.7
  let v46 = (0 + 2 * a1 + 1 * a3 + 3 * a4)
  let v49 = (tanh((grad((v47: []) => w44[a1: 31, a3: 1])(f32(((1.3 + w45^2)^(-1.5)))) * min[a4](sum[a0 -> a4: a4((1 + 3 * a0) mod #a4)]((0.737 * ones[a0])) + 0.0113 * real(a4)))) + ((abs(0.0713 + (1.737 * ones[a3])) + w45[+a3]) @[a3] tanh((if (((0 + 3 * a3) mod 2 < 2) and ((2 + 3 * a3) mod 2 < 1)) then grad((v48: [a3]) => w45)(f32(w45[+a3])) else log1p(w45[+a3]^2)))))
  let v52 = (mean[a1](asin(0.8 * tanh(sum[a2 -> a1: a1((2 + 1 * a2) mod #a1)](w45[+a0, +a2, +a3])))) @[a0] tanh(grad((v51: [a0, a2, a4]) => min(0.0171 + w45, w45))(f32(tanh(grad((v50: [a0, a2, a4]) => w45)(f32(tanh(floor(0.0137 + 3.1 * sin(real(0 + 3 * a0 + 2 * a2 + 2 * a4)))))))))))
  let (y54, t55) = jvp((v57: []) => max(0.0171 + ((tanh(v49[+a1, +a4]) @[a1] tanh(v49[+a1])) / #a1)[a4: wrap(a4 + 2 * a1 - #a1 div 2)], tanh(real(((1 + 2 * a1) - (1 + 2 * a1))))), f32(tanh(grad((v53: []) => w45)(f32(tanh(((w45)^2)))))), f32(tanh(abs(0.0713 + log(1.3 + w45^2)))))
  let v58 = atan2(cumprod[a3](1.1 + 0.2 * tanh(tanh(softplus(sin(real(2 + 1 * a2 + 2 * a3 + 3 * a4))))[a4: #a4 - 1 - a4])), (1.1 + x43[+a3]^2))
  (r0: f32((if (((0.237 * ones[a2, a3])[a2: wrap(a2 - 2)] @[a3] tanh((v49[+a2, +a3] - w45[+a2, +a3]))) < 1.437) then asin(0.8 * tanh(w45[+a3, +a2'][a2' -> a2])) else w45[+a2, +a3])))
}
experiment e() {
  let d0: f32[a2, a4] = load("d0.npy")
  let net = Main[]
  print(net(d0))
}

