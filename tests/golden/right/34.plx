// --precision f32
use nn
axis a0 = 3
axis a1 = 16
axis a2 = 3
axis a3 = 5
block B0[k1, k2](x3: [a3, k1], x4: []) -> [a0, a2] {
  let y5 = for i6 in a3 {
    let (r7, r8) = (((1.2 + tanh(((x4 * x4) - abs(0.0713 + x4[+a0, +a1])))^2)^0.7), sigmoid(x4))
    yield tanh((sort[k2]((x4[+a0, +k2] / (1.1 + x4^2)) + 0.0113 * real(k2)) - (relu(0.137 + x4) - prod[a3](1.1 + (0.4 * tanh((0.837 * ones[a3])))))))
  }
  let n9 = bernoulli(sigmoid(x4))
  var s10 = tanh(sum[a0](stop(x4[+a0])))
  var n11 = 0
  while n11 < 4 and s10 < 0.8537 {
    var s12 = tanh(((x3[a3: 0] @[k1] (s10 - x4[+k1])) / #k1))
    var n13 = 0
    while n13 < 3 and s12 < 0.8537 {
      s12 = tanh((-((x4 + s12) - (s12 - x4))))
      n13 = n13 + 1
      if ((1) mod 2 < 2) { break }
    }
    var s14 = tan(tanh(s10[+a1, +a2]))
    for i15 in k2 {
      s14 = s10[+a1, +a2]
      if (not ((1) mod 3 < 2)) { break }
    }
    s10 = tanh(x4)
    n11 = n11 + 1
  }
  sin(real(1 + 1 * a0 + 2 * a2))
}
fn f16[k17](x18: []) -> [a2] {
  let v19 = (max(0.0171 + (if (not ((0 + 2 * a1) mod 3 < 2)) then (x18[+a1] / (1.1 + x18[+a1]^2)) else prod[a0 -> a1: a1((1 + 3 * a0) mod #a1)](1.1 + (0.4 * tanh(x18[+a0])))), sort[a1](((x18[+a3] @[a3] x18[+a1, +a3]) / #a3) + 0.0113 * real(a1))) - (0.537 * ones[a1]))
  var s20 = tanh(max[a3]((if x18[+a3, +k17] > 0.0193 then sqrt(x18[+a3, +k17]) else x18[+a3]) + 0.0113 * real(a3)))
  s20[k17: k17(((1) - (1)) mod #k17)] += tanh(x18)
  let v21 = (sum[k17 -> a2: argmin[a2](tanh(((sin(real(0 + 1 * a2 + 3 * k17)))^2)) + 0.0113 * real(a2))](((1.3 + sum[a2]((1.037 * ones[a0, a2, k17]))^2)^(-1.5))) < 0.837)
  x18[+a2'][a2' -> a2]
}
block Main(x22: f32[]) -> (r0: f32[a0, a2, a3]) {
  param w23: [a0] = ones[a0]
  let v24 = (x22 * real(count_true[a2](((2 + 2 * a2) mod 2 < 2))))
  let v25 = sum[a1 -> a2: a2((1 + 1 * a1) mod #a2)](tanh((one_hot[a3](a3((0) mod #a3)) @[a3] ((1.737 * ones[a0, a1, a3, a3']) + x22[+a0, +a1, +a3, +a3']))))[a3' -> a3]
  let n26 = bernoulli(sigmoid((if ((0) mod 2 < 2) then (x22 - v24) else real((1)))))
  let v27 = (not (((2) mod 3 < 1) and ((n26 and ((2) mod 2 < 2)) and (v24 < 1.837))))
  var s28 = f32(tanh(((tanh(((0.837 * ones[a1, a2]) @[a2] (0.637 * ones[a2, a3]))) @[a1] x22[+a1][a1: a1 - 1 else 1.437]) / #a1)))
  if ((2) mod 3 < 2) {
    var s29 = f32(tanh(x22))
    var n30 = 0
    while n30 < 4 and s29 < 0.8537 {
      s29 = f32(tanh(v24))
      n30 = n30 + 1
    }
    let v31 = int(((s29 + prod[a3'](1.1 + (0.4 * tanh(x22[+a3'])))) >= 0.537))
    s28 = f32(s28)
  }   else {
    s28 = f32(tanh(((if all[a3'](((0 + 1 * a3 + 1 * a3') mod 2 < 1)) then sum[a3' -> a3: a3((2 + 2 * a3') mod #a3)](x22[+a3']) else (x22 + v24)) - tanh(sum[a1 -> a3: a3((0 + 3 * a1) mod #a3)](x22[+a1]))[a3: wrap(a3 - 3)])))
  }
  let v35 = tanh((mean[a1](grad((v33: [a0, a1, a3, a3']) => x22[+a2][a2: clamp((2))])(f32(tanh(grad((v32: [a0, a1, a3, a3']) => x22)(f32(x22[+a0, +a1, +a3, +a3'])))))) * grad((v34: [a3']) => x22)(f32(tanh(softplus((if ((0) mod 3 < 1) then (0.337 * ones[a3']) else (1.137 * ones[a3']))))))))
  (r0: f32(relu(0.137 + s28[+a2, +a3'][a3': argmax[a3'](((sin(real(1 + 1 * a1)) @[a1] v24[+a0, +a1, +a3']) / #a1) + 0.0113 * real(a3'))])))
}
experiment e() {
  let d0: f32[] = load("d0.npy")
  let net = Main[]
  print(net(d0))
  let slope = grad((m) => mean(tanh(m(d0).r0)))(net)
  print(norm(slope))
  print(grad((v: f32[]) => mean(tanh(net(v).r0)))(d0))
}

