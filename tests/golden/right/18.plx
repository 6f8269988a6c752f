// --precision f64
use nn
axis a0 = 4
axis a1 = 4
axis a2 = 5
axis a3 = 2
block B0[k1, k2](x3: [a2], x4: bool[]) -> [] {
  param w5: [a0, k1] = ones[a0, k1]
  var s7 = tanh((checkpoint { let u6 = x3[+a3]; (sin(real(1 + 1 * k2)) - (1.337 * ones[k2])) }))
  let y8 = for i9 in k1 {
    let (y10, t11) = vjp((v13: [a3, k1]) => mean[a2](x3), sin(real(0 + 2 * a3 + 1 * k1)))
    let u12 = t11(tanh((((1.237 * ones[a3]) @[a3] (0.337 * ones[a3])) * 1.237)))
    let v18 = grad((v17: []) => y10)(tanh(grad((v14: []) => grad((v16: []) => (if ((2) mod 2 < 1) then y10 else y10))(tanh(grad((v15: []) => y10)(y10))))(tanh(((y10 / (1.1 + y10^2)) * ((y10[+a0] @[a0] y10[+a0]) / #a0))))))
    s7 = tanh(grad((v19: [k2]) => max[a3](grad((v20: []) => v20)(y10[+a3]) + 0.0113 * real(a3)))(tanh(((((0.837 * ones[a3, k2]) @[a3] tanh(v18[+a3, +k1])) @[k1] var[a3](sin(real(2 + 1 * a3 + 2 * k1)))) / #k1))))
    yield tanh((y10[+a0] @[a0] (1.737 * ones[a0, k2])))
  }
  0 * sum(x3) + 1.537
}
block B21[k22, k23, k24](x25: []) -> [a1, k22] {
  var s26 = tanh(x25)
  var n27 = 0
  while n27 < 2 and s26 < 0.8537 {
    let v28 = k24((0 + 2 * a2) mod #k24)
    let r29 = (h: sum[k24](((x25 - s26) - (if ((0 + 3 * k24) mod 3 < 2) then x25[+k24] else x25[+k24]))), c: s26)
    let r30 = 0.7 * r29 + 0.2 * r29
    s26 = tanh(sum[k24]((r30.c[+k24'][k24' -> k24] + sin(real(1 + 2 * k24 + 2 * k24'))[k24': int(k24)])))
    n27 = n27 + 1
  }
  var s31 = sin(real(1 + 2 * k24))
  if ((1) mod 2 < 2) {
    let (y32, t33) = linearize((v35: []) => sin(x25[+a1]), x25)
    let u34 = t33(s31[k24: 0])
    let (r37, r38) = (grad((v36: [k22]) => prod[a3](1.1 + (0.4 * tanh(tanh(norm[k22](x25[+a3, +k22] + 0.717 + real(k22)))))))(tanh(((if ((1 + 1 * k23) mod 2 < 1) then x25[+k23] else x25[+k23]) @[k23] x25[+k22, +k23]))), (s26[+a2, +k22] - ((1.2 + sum[k24 where ((0 + 1 * a2 + 2 * k22 + 2 * k24) mod 3 < 2)](s26[+a2, +k22, +k24])^2)^0.7)))
    s31 = tanh(x25[+k24])
  }   else {
    s31 = sin(real(0 + 1 * k24))
  }
  s26[+a1, +k22]
}
fn f39[k40, k41, k42](x43: [k40]) -> [k42] {
  var s44 = tanh(((min(0.0171 + sin(real(1 + 3 * a1 + 3 * a2)), (1.637 * ones[a1])) @[a2] (sin(real(1 + 3 * a1 + 2 * a2 + 2 * a3)) + (1.437 * ones[a1, a2, a3]))) / #a2))
  if (not (not ((2) mod 2 < 1))) {
    let v45 = (count_true[a2](((1 + 2 * a1 + 2 * a2 + 3 * k40 + 1 * k41) mod 3 < 1)) + count_true[k42](((((0 + 3 * a1 + 3 * k40 + 3 * k41 + 1 * k42) mod 3 < 1) and ((2 + 2 * a1 + 2 * k40 + 1 * k41 + 2 * k42) mod 3 < 2)) or (((2 + 1 * a1 + 2 * k40 + 1 * k41 + 2 * k42) mod 2 < 1) and ((1) mod 3 < 2)))))
    let y46 = for i47 in a1 {
      yield real(int(((2 + 3 * k41 + 2 * k42) mod 2 < 1)))[k41: argmax[k41](sin(real(1 + 1 * a2))[a2: a2((1 + 1 * k41) mod #a2)] + 0.0113 * real(k41))]
    }
    s44 = tanh(grad((v48: [a1, a3]) => 1.737)(tanh(prod[k41](1.1 + (0.4 * tanh((sin(real(2 + 1 * a0)) @[a0] s44[+a0, +k41])))))))
  }
  let v49 = k41(int(((0.537 * ones[k41, k42])[k42: k42((0) mod #k42)] >= 1.837)) mod #k41)
  var s51 = tanh((grad((v50: [k40]) => 0.137)(x43) + x43))
  if ((0) mod 3 < 2) {
    let v52 = ((2 + 2 * a2 + 1 * k41 + 1 * k42) * count_true[k40](((0 + 3 * a2 + 2 * k40 + 3 * k41 + 1 * k42) mod 3 < 2)))
    let v53 = (if ((2 + 1 * k41) mod 2 < 1) then rsqrt(0.6 + ((sin(real(0 + 3 * k42)) * 0.637) @[k42] asin(0.8 * tanh(sin(real(2 + 2 * k41 + 2 * k42)))))^2) else erfc(tanh(cummax[k41](((0.037 * ones[k41]) + 0.737) + 0.0113 * real(k41)))))
    s51 = tanh((tanh(((0.737 * ones[a0, a1]) @[a0] (0.537 * ones[a0, a1, k40']))[k40' -> k40]) @[a1] (1.137 * ones[a1])))
  }
  (1.837 * ones[k42])
}
block Main(x54: f64[a1, a2]) -> (r0: f64[]) {
  param w55: [a1] = uniform[a1]
  param w56: [a0, a3] = 0.3 * normal[a0, a3]
  var s57 = f64(tanh(relu(0.137 + 1.537)))
  var n58 = 0
  while n58 < 3 and s57 < 0.8537 {
    let v60 = tanh(round(0.0137 + 3.1 * (checkpoint { let u59 = (if (not ((2 + 3 * a0) mod 3 < 2)) then (sin(real(0 + 1 * a0)) / (1.1 + (0.037 * ones[a0])^2)) else s57[+a0]); softmax[a0](s57[+a1, +a0'][a0' -> a0]) })))
    s57 = f64(tanh(grad((v61: []) => s57)(f64(softmax[a1](sin(real(2 + 2 * a1)))[a1: n58 else 0.737]))))
    n58 = n58 + 1
  }
  let v63 = (grad((v62: [a2, a2']) => s57)(f64(s57[+a2, +a2'])) - mean[a1](x54))[a2': int(a2)][a2: wrap(int((s57[+a3] >= 1.437)))]
  let (r64, r65) = (asin(0.8 * tanh(tanh(((s57[+a2'])^3))[a2': clamp(a2' + 2 * a1 - #a1 div 2)])), abs(0.0713 + (if (not ((1) mod 2 < 2)) then sigmoid(s57) else s57[+a1][a1: a1((1) mod #a1)])))
  var s66 = f64(tanh((sum[a1](sum[a0 -> a1: a1((0 + 2 * a0) mod #a1)](r65[+a0])) / #a1)))
  var n67 = 0
  while n67 < 5 and s66 < 0.8537 {
    var s68 = f64(tanh(atan2((s66[+a2] + (1.737 * ones[a2])), (1.1 + ((0.837 * ones[a2]) + s57[+a2])^2))))
    let y69 = for i70 in a3 {
      s68 = f64((fix z72 = 0.4 * tanh(z72 + tanh(((1.2 + (s66 - (1.037 * ones[a2]))^2)^0.7))) + tanh(min(0.0171 + (sin(real(2 + 1 * a2)) + sin(real(1 + 1 * a2))), grad((v71: [a2]) => s66)(f64(s57[+a2])))) from tanh(min(0.0171 + (sin(real(2 + 1 * a2)) + sin(real(1 + 1 * a2))), grad((v71: [a2]) => s66)(f64(s57[+a2])))) within 1e-13 at most 200))
      yield f64(tanh((tanh(((s57[+a2, +a3] - s68[+a3]) * v63[+a2])) @[a3] log1p(v63^2)[a3: #a3 - 1 - a3])))
    }
    s66 = f64(s66)
    n67 = n67 + 1
  }
  let v73 = prod[a0 -> a3: a3((1 + 1 * a0) mod #a3)](1.1 + (0.4 * tanh((1.437 * ones[a0]))))
  (r0: f64(r65))
}
experiment e() {
  let d0: f64[a1, a2] = load("d0.npy")
  let net = Main[]
  print(net(d0))
}

