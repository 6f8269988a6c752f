// --precision f64
use nn
axis a0 = 9
axis a1 = (a1_0, a1_1, a1_2, a1_3)
axis a2 = 3
fn f0(x1: [a1, a2], x2: a1[a0, a1]) -> [] {
  var s3 = tanh((if (1.537 * 0.037) > 0.0193 then sqrt((1.537 * 0.037)) else (sin(real(2 + 3 * a0)) @[a0] (0.337 * ones[a0]))))
  if all[a2](((1 + 1 * a2) mod 3 < 1)) {
    let v5 = cumsum[a2]((s3[+a0, +a2] - min[a1 where ((2 + 1 * a2) mod 3 < 2) else 1.837]((checkpoint { let u4 = s3; (1.137 * ones[a0, a1, a2]) }) + 0.0113 * real(a1))))
    var s6 = s3[+a0]
    if (((s3 - s3) >= 1.837) or all[a0]((not ((2 + 2 * a0) mod 2 < 1)))) {
      s6 = tanh((-(atan((0.737 * ones[a0])) - s3)))
    }     else {
      s6 = real(int(((2 + 3 * a0) mod 2 < 1)))
    }
    s3 = tanh((s6[a0: 6] + logsumexp[a2]((sin(real(0 + 3 * a0 + 2 * a2)) @[a0] s3[+a0, +a2]))))
  }
  let v8 = max(0.0171 + min[a1](tanh((grad((v7: [a1]) => s3)((0.137 * ones[a1])) * s3[+a1][a1: #a1 - 1 - a1])) + 0.0113 * real(a1)), s3[+a0, +a2])
  s3
}
fn f9(x10: [a0, a1]) -> [a1] {
  let y11 = for i12 in a0 {
    let v13 = expm1(tanh(real((2 + 3 * a1 + 2 * a2))))
    let v14 = a2((1 + 2 * a1 + 1 * a2) mod #a2)
    yield 0.637
  }
  let v15 = tanh(((logsumexp[a1](x10[+a2]))^2))
  axis s16 = #a1
  ((sum[a0 -> a1: argmin[a1](y11[+a1] + 0.0113 * real(a1))](tanh(real((0 + 1 * a0)))) + ((1.3 + (0.337 * ones[a1])[a1: clamp(a1 + 2)]^2)^(-1.5))) + sum[a2 -> a1: a1((1 + 2 * a2) mod #a1)](sin(real(1 + 1 * a2))))
}
fn f17[k18, k19, k20](x21: [k20]) -> [] {
  var s22 = tanh(sum[a2 -> k19: k19((1 + 3 * a2) mod #k19)]((if ((2 + 1 * a0 + 3 * a2) mod 3 < 1) then (1.137 * ones[a0, a2]) else (0.437 * ones[a0, a2]))))
  for i23 in k19 {
    var s24 = sin(real(0 + 3 * k19))
    s24[k19: k19((1) mod #k19)] = tanh(tan(tanh((tanh(((0.137)^2)) + (1.137 - 0.837)))))
    var s25 = (if ((2 + 1 * a0 + 2 * a1) mod 3 < 2) then (0.337 * ones[a0, a1]) else (1.337 * ones[a0, a1]))[a0: count_true[k19](((1 + 3 * k19) mod 2 < 2)) else 1.237]
    for i26 in 0..1 {
      s25 = tanh(f9(tanh((if (s25[+a0] + s25[+a0]) > 0.0193 then sqrt((s25[+a0] + s25[+a0])) else sum[k19](s24[+a0, +a1])))))
    }
    s22[k19: i23] = tanh((((sin(real(0 + 1 * a0)) * (1.137 * ones[a0])) - reverse[a0](sin(real(0 + 1 * a0)))) / (1.1 + tanh(norm[a1](sin(real(1 + 2 * a0 + 2 * a1)) + 0.717 + real(a1)))^2)))
  }
  let v29 = (-(checkpoint { let u28 = sort[a0]((checkpoint { let u27 = 0.337; u27[+a0] }) + 0.0113 * real(a0)); (1.837 * ones[a1, a2, k18]) }))
  let v30 = int(a2((2 + 2 * a1 + 1 * k18 + 3 * k20) mod #a2))
  0 * sum(x21) + (0.437 - 1.737)
}
block Main(x31: f32[a0, a1], x32: f64[], x33: f64[]) -> (r0: f64[a2], r1: a0[], r2: f64[a0, a1]) {
  param w34: [a0] = uniform[a0]
  param w35: [] = 0.7
  let v37 = sum[a1 -> a2: a2((1 + 2 * a1) mod #a2)](tanh((mean[a2]((0.137 * ones[a0, a1, a2, a0']))[a0': int(a0)] - grad((v36: [a0, a1]) => (x32 + x32))(f64(x33[+a0, +a1])))))
  let v38 = relu(0.137 + relu(0.137 + w34[+a2, +a0']))
  let v39 = x33
  var s40 = f64(reverse[a2](sin(real(2 + 3 * a0 + 3 * a2))))
  var n41 = 0
  while n41 < 1 and (((2) mod 3 < 2) or (w35 >= 1.037)) {
    let v42 = ((0) mod 3 < 1)
    s40 = f64(tanh((if (grad((v43: [a0, a2]) => x32)(f64(s40)) >= 0.337) then cumsum[a0]((v37 / (1.1 + (0.337 * ones[a0, a2])^2))) else tanh((v39[+a0'][a0': (0) else 0.237] * sum[a0' where v42]((1.337 * ones[a0'])))))))
    n41 = n41 + 1
    if ((2) mod 2 < 2) { break }
  }
  var s44 = f64(tanh((min[a0'](x33[+a0, +a1, +a0'] + 0.0113 * real(a0')) + softmax[a1 where ((2 + 1 * a1) mod 3 < 1)]((if sin(real(2 + 2 * a0 + 1 * a1)) > 0.0193 then sqrt(sin(real(2 + 2 * a0 + 1 * a1))) else w35[+a0, +a1])))))
  for i45 in a1 {
    let v46 = ((v37[+a0'] @[a0] cosh(tanh((tan(sin(real(2 + 2 * a0 + 3 * a1 + 2 * a2))) * w35[+a1, +a1'][a1': int(a1)])))) / #a0)
    let (y48, g49) = value_and_grad((v50: []) => v39)(f64(tanh(grad((v47: []) => (v47 + x33))(f64(x33)))))
    s44 = f64(tanh((checkpoint { let u51 = (asin(0.8 * tanh(y48[+a0, +a1])) + (x31[+a2] @[a2] (0.637 * ones[a0, a2]))); (reverse[a1](y48[+a1]) - (x33[+a0, +a1] + sin(real(2 + 3 * a0 + 1 * a1)))) })))
  }
  (r0: f64((one_hot[a2](a2((2 + 3 * a2') mod #a2)) - sin(real(0 + 2 * a2 + 3 * a2')))[a2': int(a2)]), r1: a0((0) mod #a0), r2: f64(exp((1.137 * ones[a0, a1]))))
}
experiment e() {
  let d0: f32[a0, a1] = load("d0.npy")
  let d1: f64[] = load("d1.npy")
  let d2: f64[] = load("d2.npy")
  let net = Main[]
  print(net(d0, d1, d2))
  let slope = grad((m) => mean(tanh(m(d0, d1, d2).r0)))(net)
  print(norm(slope))
  print(grad((v: f32[a0, a1]) => mean(tanh(net(v, d1, d2).r0)))(d0))
}

