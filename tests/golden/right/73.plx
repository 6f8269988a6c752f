// --precision f64
use nn
axis a0 = 1
axis a1 = 33
axis a2 = #a0
axis a3 = 1
axis a4 = #a2
block B0(x1: [a3], x2: [a2, a4]) -> [a0] {
  param w3: [] = 0.7
  param w4: [a3] = uniform[a3]
  let r5 = (h: w3[+a4], c: (sum[a4 -> a3: a3((2 + 3 * a4) mod #a3)](rsqrt(0.6 + w3[+a4]^2)) - ((sin(real(0 + 2 * a1 + 1 * a2 + 3 * a3))[a2: a2((2) mod #a2)] @[a1] sum[a3 -> a1: a1((2 + 1 * a3) mod #a1)](w3[+a3])) / #a1)))
  let r6 = 0.7 * r5 + 0.2 * r5
  let v7 = sum[a3](sum[a0]((int(a1((1 + 2 * a0 + 3 * a3) mod #a1)) - int(a3((0 + 3 * a0) mod #a3)))))
  let v9 = ((x2[a2: int(a4)][a4: a4((0) mod #a4)] / (1.1 + prod[a3 where ((1 + 1 * a3) mod 3 < 2)](1.1 + (0.4 * tanh(w3[+a3, +a3'][a3': int(a3)])))^2)) + grad((v8: [a1, a3]) => max[a2](sin(real(0 + 1 * a2)) + 0.0113 * real(a2)))(sigmoid(w4[+a1]))[a1: a1(v7 mod #a1)])
  w3[+a0]
}
fn f10[k11](x12: [a2]) -> [a2, a4] {
  let (y13, t14) = vjp((v16: [a4]) => mean[k11](tanh(real(((0 + 1 * a1 + 1 * a2 + 2 * k11) - (0 + 2 * a1 + 1 * a2 + 1 * k11))))), cummax[a4](tanh(prod[a1](1.1 + (0.4 * tanh(sin(real(1 + 2 * a1 + 3 * a4)))))) + 0.0113 * real(a4)))
  let u15 = t14(tanh(grad((v17: [a1, a2]) => (0.637 * 0.537))((if ((2 + 2 * a1 + 3 * a2) mod 2 < 2) then x12[+a1] else x12[+a1]))))
  let v18 = norm[a2]((if (if (((2 + 1 * a2 + 3 * a3) mod 3 < 1) or ((2 + 3 * a2 + 1 * a3) mod 3 < 2)) then tanh(sum[a1 -> a3: a3((1 + 2 * a1) mod #a3)](x12[+a1])) else cos(sin(real(1 + 1 * a2 + 3 * a3)))) > 0.0193 then sqrt((if (((2 + 1 * a2 + 3 * a3) mod 3 < 1) or ((2 + 3 * a2 + 1 * a3) mod 3 < 2)) then tanh(sum[a1 -> a3: a3((1 + 2 * a1) mod #a3)](x12[+a1])) else cos(sin(real(1 + 1 * a2 + 3 * a3))))) else x12[+a3]) + 0.717 + real(a2))
  var s19 = tanh(atan2((sin(real(1 + 1 * a0 + 1 * a1)) - sin(real(1 + 1 * a0 + 2 * a1))), (1.1 + (sin(real(2 + 2 * a0)) + (1.637 * ones[a0, a1]))^2)))
  for i20 in a0 {
    var s21 = erf(sin(real(2 + 2 * a3 + 1 * a3')))[a3': int(a3)]
    for i22 in 0..0 {
      s21 = tanh(sum[a0]((sin(real(0 + 2 * a0)) + (0.837 * ones[a0]))[a0: clamp(a0 + 2 * a3 - #a3 div 2)]))
    }
    let v24 = grad((v23: [a2, a4, k11]) => 1.637)(tanh(u15[+a2, +k11]))
    s19[a0: i20] += sin(real(1 + 1 * a1))
  }
  u15[+a2]
}
block Main(x25: f64[a4], x26: a0[a1], x27: i64[a1, a4]) -> (r0: f64[a1, a2], r1: f64[a2], r2: a2[]) {
  let n28 = normal
  var s29 = f64((-sigmoid(n28)))
  for i30 in 0..0 {
    let v31 = a1'((2 + 3 * a3) mod #a1')
    s29 = f64(tanh(((if any[a4](((0 + 2 * a4) mod 2 < 1)) then max[a1](s29[+a1] + 0.0113 * real(a1)) else (1.037 * ones[a1])[a1: a1((0) mod #a1)]) / (1.1 + min(0.0171 + tanh(sqrt(0.4 + s29^2)), s29[+a1'][a1': a1'((0) mod #a1')])^2))))
  }
  let net32 = B0[]
  let v33 = s29[+a2, +a4, +a1']
  (r0: f64(((checkpoint { let u34 = var[a4](x25[+a2]); s29[+a1, +a2] }) + (tanh(sqrt(0.4 + (0.537 * ones[a1])^2)) / (1.1 + ((s29[+a1, +a2] @[a2] n28[+a2]) + grad((v35: [a1]) => s29)(f64(s29[+a1])))^2)))), r1: f64(s29[+a2]), r2: a2((0) mod #a2))
}
experiment e() {
  let d0: f64[a4] = load("d0.npy")
  let d1: a0[a1] = load("d1_below1.npy")
  let d2: i64[a1, a4] = load("d2.npy")
  let net = Main[]
  print(net(d0, d1, d2))
  print(grad((v: f64[a4]) => mean(tanh(net(v, d1, d2).r0)))(d0))
}

