// --precision f64
use nn
axis a0 = 5
axis a1 = 9
axis a2 = 33
axis a3 = #a1
fn f0(x1: [a0, a3], x2: [a1, a2]) -> [] {
  let v5 = rsqrt(0.6 + (fix z4 = 0.4 * tanh(z4 + tanh(((0.837 * ones[a0, a1]) - atan((0.237 * ones[a0, a1]))))) + softmax[a0](tanh(grad((v3: [a0, a1]) => 0.537)((0.237 * ones[a0, a1])))) from softmax[a0](tanh(grad((v3: [a0, a1]) => 0.537)((0.237 * ones[a0, a1])))) within 1e-13 at most 200)^2)
  relu(0.137 + relu(0.137 + (((1.3 + sin(real(1 + 2 * a0))^2)^(-1.5)) @[a0] mean[a3](x1))))
}
block B6[k7](x8: [a0, a1]) -> [a2, a3] {
  param w9: [a2] = 0.3 * normal[a2]
  param w10: [] = 0.7
  let y11 = for i12 in a0 {
    var s13 = tanh(w10[+a1])
    for i14 in 0..3 {
      s13 = tanh(grad((v15: [a1]) => w10)(tanh((mean[a0](x8) - s13))))
    }
    yield tanh(f0(tanh(cosh(tanh((w10 - w10[+a0, +a3])))), tanh((((1.3 + w10[+a1, +a2]^2)^(-1.5)) + (if w9[+a1] > 0.0193 then sqrt(w9[+a1]) else w9[+a1])))))
  }
  let y16 = for i17 in k7 {
    let (y18, g19) = value_and_grad((v20: []) => f0(tanh(softplus((w10[+a0, +a3] - v20[+a0, +a3]))), sin(softmax[a2](w10[+a1, +a2]))))(tanh(((if ((1 + 2 * a1) mod 2 < 1) then sin(real(0 + 2 * a1)) else w10[+a1]) @[a1] cos(w10[+a1]))))
    yield tanh(min[a3](cumprod[a3](1.1 + 0.2 * tanh(tanh((y18[+a2, +a3] - g19[+a2, +a3])))) + 0.0113 * real(a3)))
  }
  let v21 = a1((0 + 2 * a0 + 1 * a2) mod #a1)
  (w10[+a3] + w10[+a3])[a3: a3 + 1 * a2 - #a2 div 2 else 1.837]
}
block Main(x22: f64[a3], x23: a1[a0, a1]) -> (r0: f64[a2]) {
  var s24 = f64(tanh((sum[a2](max(0.0171 + sin(real(0 + 1 * a2)), (1.337 * ones[a2]))) / #a2)))
  var n25 = 0
  while n25 < 2 and s24 < 0.8537 {
    let v26 = x22[a3: 5]
    let v27 = s24
    s24 = f64(tanh(grad((v28: []) => (v26 + ((v26[+a1] @[a1] v28[+a1]) / #a1)))(f64(tanh(f0(f64(v26[+a1][a1: a1((1 + 3 * a0 + 3 * a3) mod #a1)]), f64(tanh(log1p(v27[+a1, +a2]^2)))))))))
    n25 = n25 + 1
  }
  let net29 = B6[a1]
  let v31 = (checkpoint { let u30 = abs(0.0713 + ((s24 - s24) - min[a2](sin(real(2 + 2 * a2)) + 0.0113 * real(a2)))); cos((sum[a3 where ((2 + 3 * a2 + 3 * a3) mod 3 < 2)](net29(f64(tanh(u30[+a0, +a1])))) / #a3)) })
  var s32 = f64(tanh(sum[a3 -> a0: a0(n25[+a3] mod #a0)](x22)))
  if (sum[a1](tanh(floor(0.0137 + 3.1 * s24[+a1]))) < 0.437) {
    let v33 = ((sigmoid(tanh(sqrt(0.2 + var[a2](real(n25[+a1, +a2]) + 0.717 + real(a2))))) @[a1] (((s24[+a3] * sin(real(2 + 3 * a3))) @[a3] (((0.837 * ones[a0, a1]) @[a1] s24[+a0, +a1, +a3]) / #a1)) / #a3)[a0: clamp(a0 + 2 * a1 - #a1 div 2)]) / #a1)
    var s34 = f64((v31[+a1] * s24[+a1, +a2])[a1 -> a3])
    if ((fix z36 = 0.4 * tanh(z36 + tanh((checkpoint { let u35 = s24; u35 }))) + (s24 * s24) from (s24 * s24) within 1e-13 at most 200) >= 0.537) {
      s34 = f64(erfc(tanh(real((1 + 1 * a3))[a3: a3 + 1 * a2 - #a2 div 2 else 0])))
    }     else {
      s34 = f64(tanh(grad((v38: [a2, a3]) => exp(s24[+a3][a3: a3((0) mod #a3)]))(f64(tanh((sum[a0](grad((v37: [a0, a2, a3]) => s24)(f64(sin(real(1 + 1 * a0 + 3 * a2 + 1 * a3))))) / #a0))))))
    }
    s32 = f64(tanh((s32 - s24)))
  }
  (r0: f64(s24[+a2]))
}
experiment e() {
  let d0: f64[a3] = load("d0.npy")
  let d1: a1[a0, a1] = load("d1_below9.npy")
  let net = Main[]
  print(net(d0, d1))
}

