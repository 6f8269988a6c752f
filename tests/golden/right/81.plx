// --precision f64
use nn
axis a0 = 2
axis a1 = 1
axis a2 = 4
axis a3 = #a1 * #a0
axis a4 = 5
fn f0[k1, k2, k3](x4: [], x5: k1[a4], x6: [k1]) -> [a2, k3] {
  var s7 = tanh(((sin(real(1 + 2 * k3)) @[k3] (x4[+k3] + x4[+k3])) / #k3))
  for i8 in a2 {
    let v9 = (x4[+k2] + prod[a0 -> k2: argmax[k2]((s7[+a0, +a1, +k2] @[a1] sin(real(0 + 2 * a1 + 3 * k2))) + 0.0113 * real(k2))](1.1 + (0.4 * tanh(((0.137 * ones[a0, k3]) - x4[+a0, +k3])[k3: (2) else 1.037]))))
    let v10 = (2 + 1 * a0 + 2 * a1 + 1 * a4)
    s7 = s7
  }
  let v11 = (real(count_true[k1](((1 + 1 * a0 + 3 * k1 + 3 * k3) mod 2 < 1)))[k3: int((((1) mod 3 < 1) and ((0) mod 2 < 1))) else 1.237] @[a0] tanh(var[k2]((sum[a4](((x4[+a2, +a4, +k2] @[a2] x4[+a0, +a2, +k2]) / #a2)) / #a4))))
  let (r13, r14) = (x4[+a0, +k3], (if ((2 + 2 * a3 + 2 * a4) mod 2 < 1) then grad((v12: [a3, a4]) => sum[a0 where ((1 + 2 * a0) mod 3 < 1)](sin(real(0 + 3 * a0))))(tanh(softplus(v11[+a3, +a4]))) else sum[a4]((0.837 * ones[a4]))))
  sum[a4 -> k3: k3((0 + 3 * a4) mod #k3)](sin(real(0 + 1 * a2 + 1 * a4 + 1 * a2')))[a2': int(a2)]
}
block Main(x15: f64[a1], x16: f64[]) -> (r0: f64[a1, a3, a4], r1: f64[]) {
  param w17: [] = 0.7
  let (y18, t19) = linearize((v21: [a0, a2]) => ((if ((1 + 3 * a0 + 3 * a1) mod 3 < 2) then x16[+a3][a3 -> (a1, a0)] else (sin(real(0 + 2 * a0 + 2 * a1)) + softmax[a1 where ((2 + 1 * a0 + 2 * a1) mod 2 < 1)](x16[+a0, +a1]))) * (erf(x15[+a0]) + softmax[a1 where ((1 + 2 * a0 + 3 * a1) mod 2 < 2)](tanh((w17[+a4] @[a4] (0.037 * ones[a0, a1, a4])))))), f64(w17[+a0, +a2]))
  let u20 = t19(f64(tanh(((x16[+a0, +a2] + x16[+a0, +a2]) - ((1.437 * ones[a0, a2]) + x16[+a0, +a2])))))
  let v22 = (0 + 1 * a1 + 2 * a2 + 3 * a3)
  var s23 = f64(tanh((x16[+a2] * sum[a0 -> a2: a2((0 + 1 * a0) mod #a2)](w17[+a0]))))
  let y24 = for i25 in a1 {
    let y26 = for i27 in a3 {
      yield f64(acos(0.7 * sin((mean[a2](x16[+a2]) * (if ((2) mod 2 < 1) then x16 else w17)))))
    }
    var s28 = f64(tanh(((x16[+a3] @[a3] ((1.237 * ones[a3]) * x16[+a3])) / #a3)))
    var n29 = 0
    while n29 < 3 and s28 < 0.8537 {
      s28 = f64(tanh(min[a4]((s28[+a4'][a4' -> a4] * min(0.0171 + sin(real(2 + 1 * a4)), x16[+a4])) + 0.0113 * real(a4))))
      n29 = n29 + 1
    }
    s23 = f64(sin(grad((v30: [a2']) => w17)(f64(x16[+a2']))[a2' -> a2]))
    yield f64(tanh(grad((v31: []) => (if all[a3](((0 + 2 * a3) mod 2 < 1)) then (s28 * s28) else sin(s28)))(f64(tanh(((if s23 > 0.0193 then sqrt(s23) else sin(real(2 + 3 * a2))) + softmax[a2 where ((0 + 1 * a2) mod 2 < 1)](s23)))))))
  }
  axis s32 = #a1
  let v33 = (if (sin(real(2 + 3 * a4' + 3 * s32)) @[s32] sin(real(0 + 2 * a4' + 3 * s32)))[a4' -> a4] > 0.0193 then sqrt((sin(real(2 + 3 * a4' + 3 * s32)) @[s32] sin(real(0 + 2 * a4' + 3 * s32)))[a4' -> a4]) else sum[a2 -> a4: a4((1 + 3 * a2) mod #a4)](clamp(sin(real(0 + 3 * a2)), -0.713, 0.877)))[a4: clamp(a4 + 2 * a2 - #a2 div 2)]
  let v34 = int((not any[a4']((((0 + 1 * a0 + 3 * a4') mod 2 < 2) and ((2 + 3 * a0 + 2 * a4') mod 2 < 2)))))
  (r0: f64((x15[+a3, +a4] * reverse[a3]((if ((1 + 1 * a4) mod 2 < 2) then w17[+a1, +a3, +a4] else (0.537 * ones[a3]))))), r1: f64(w17))
}
experiment e() {
  let d0: f64[a1] = load("d0.npy")
  let d1: f64[] = load("d1.npy")
  let net = Main[]
  print(net(d0, d1))
}

