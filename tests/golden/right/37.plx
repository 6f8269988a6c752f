// --precision f32
use nn
axis a0 = 4
axis a1 = 4
axis a2 = 5
axis a3 = #a0 * #a1
axis a4 = #a0 * #a1
block B0[k1](x2: [a3, a4]) -> [] {
  var s4 = tanh((((1.537 * ones[a2, k1]) * (0.537 * ones[a2, k1])) @[a2] (checkpoint { let u3 = (0.737 * ones[a1, k1]); sin(real(0 + 2 * a2)) })))
  s4[k1: k1((0) mod #k1)] += tanh(prod[a0](1.1 + (0.4 * tanh(sort[a0'](sin(real(2 + 1 * a0')) + 0.0113 * real(a0'))[a0' -> a0]))))
  var s6 = tanh(grad((v5: [a2]) => 0.737)(sin(real(0 + 3 * a2)))[a2: a2((2) mod #a2)])
  for i7 in 0..0 {
    let v8 = int(((1 + 2 * a0 + 1 * k1 + 3 * a0') mod 3 < 2))
    let y9 = for i10 in a3 {
      yield tanh(sqrt(0.4 + sum[a0' where ((0 + 2 * a0') mod 2 < 2)](erfc(s6[+a0']))^2))
    }
    s6 = tanh(mean[a3 where any[k1](((2 + 1 * k1) mod 2 < 1)) else 1.337](((y9 / (1.1 + y9^2)) + sin(real(1 + 3 * a0 + 3 * a1))[(a0, a1) -> a3])))
  }
  let v11 = sum[a3 -> a0: argmax[a0]((s6[+a0, +a3] - (s6[+a0, +a3] - s6[+a0, +a3])) + 0.0113 * real(a0))](atan(((s6[+a0, +a2] @[a0] sin(real(1 + 1 * a0 + 3 * a3))) - s6[+a2, +a3][a3: a3 - 2 else 1.037])))
  s6
}
block B12(x13: [a1], x14: [], x15: a3[a3]) -> [a1, a2] {
  param w16: [] = 0.7
  let v19 = (checkpoint { let u17 = ((1.2 + softmax[a0](x14[+a0, +a3'])[a3': clamp(((0 + 1 * a0) + (0 + 1 * a0)))]^2)^0.7); (grad((v18: [a3]) => w16)((1.537 * ones[a3])) + u17[+a2, +a3]) })
  var s20 = tanh(sum[a4 -> a3: argmin[a3](w16[+a3, +a4] + 0.0113 * real(a3))]((-x14[+a4])))
  if ((2) mod 2 < 1) {
    let (y21, g22) = value_and_grad((v23: [a0, a1]) => atan2(tanh(w16[+a2][a2: (1) else 1.337]), (1.1 + min(0.0171 + w16, real((2)))^2)))(tanh(sum[a3' -> a1: a1((1 + 3 * a3') mod #a1)](x14[+a0, +a3'])))
    s20 = tanh((max(0.0171 + grad((v24: []) => x14)(tanh(y21[+a3])), (1.237 * ones[a3])) - (if (not ((1 + 1 * a3) mod 3 < 1)) then v19[a0: 1, a2: 2] else x14[+a3])))
  }
  x13[+a2]
}
block Main(x25: f32[a2]) -> (r0: f32[a0, a2, a3]) {
  param w26: [] = 0.7
  var s27 = f32(tanh(x25[+a1]))
  if ((0) mod 2 < 1) {
    var s30 = f32(tanh((checkpoint { let u29 = x25[+a1]; w26[+a4, +a2'] })[a2' -> a2]))
    let y31 = for i32 in a0 {
      s30 = f32(tanh(stop(erfc((if ((0 + 2 * a2 + 3 * a4) mod 3 < 1) then x25[+a4] else s30)))))
      yield f32(x25[+a4])
    }
    s27 = f32(tanh((sum[a2' -> a2: a2((0 + 3 * a2') mod #a2)](((1.137 * ones[a1, a2']) + w26[+a1])) + log1p((if ((1 + 2 * a1 + 3 * a2) mod 2 < 2) then x25[+a1] else (0.637 * ones[a1, a2]))^2))))
  }
  let y33 = for i34 in a1 {
    let v35 = a1((2 + 1 * a1) mod #a1)
    let v36 = max[a4](softmax[a1]((-softmax[a1](w26[+a1, +a3, +a4]))) + 0.0113 * real(a4))
    yield f32(sin(real(1 + 3 * a3))[a3: a3((2) mod #a3)])
  }
  var s37 = f32(tanh(sum[a2 -> a4: a4((0 + 2 * a2) mod #a4)](tanh(real((0 + 1 * a2))))))
  if all[a4]((not ((1 + 3 * a4) mod 2 < 2))) {
    let v39 = a3((1 + 1 * a0 + 2 * a3 + 3 * a4) mod #a3)
    s37 = f32(erf(w26[+a4'][a4' -> a4]))
  }   else {
    s37 = f32(tanh(((((w26[+a2, +a3, +a4'] @[a2] x25) / #a2) @[a3] w26[+a3]) / #a3)[a4' -> a4]))
  }
  let v40 = tanh(cumprod[a4](1.1 + 0.2 * tanh((if ((not ((1 + 2 * a4) mod 3 < 2)) and (((2 + 3 * a4) mod 2 < 2) or ((0 + 3 * a4) mod 3 < 2))) then softmax[a4]((0.737 * ones[a4])) else (w26[+a0, +a1][(a0, a1) -> a4] / (1.1 + ((s37[+a3] @[a3] w26[+a3]) / #a3)^2))))))
  let (r41, r42) = ((tanh(real(int(a4((0 + 1 * a2) mod #a4)))) @[a2] (if (x25 < 1.037) then x25 else x25[+a0][a0: a0((0) mod #a0)])), ((tanh(sum[a3 -> a1: a1((2 + 3 * a3) mod #a1)](w26[+a0, +a3])[(a0, a1) -> a3]) @[a3] w26[+a3]) / #a3))
  (r0: f32((x25[+a0, +a3] * r42[+a0, +a2, +a3])))
}
experiment e() {
  let d0: f32[a2] = load("d0.npy")
  let net = Main[]
  print(net(d0))
  let slope = grad((m) => mean(tanh(m(d0).r0)))(net)
  print(norm(slope))
  print(grad((v: f32[a2]) => mean(tanh(net(v).r0)))(d0))
}

