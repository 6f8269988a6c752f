// --precision f32
use nn
axis a0 = (a0_0, a0_1)
axis a1 = 1
axis a2 = 33
axis a3 = (#a2 - 1 * (#a1 - 1) - 1) div 3 + 1
fn f0(x1: [a0], x2: i64[a0, a3]) -> [a2] {
  axis s3 = #a0
  let v4 = max[s3](atan(((1.637 * ones[a3]) + (0.737 * ones[a3]))[a3: a3((0 + 1 * s3) mod #a3)]) + 0.0113 * real(s3))
  tanh(((sin(tanh(sqrt(0.4 + (v4[+a2] * v4[+a2])^2))))^3))
}
block B5[k6, k7](x8: [a1, a2], x9: i64[k7], x10: [a1]) -> [] {
  param w11: [a3] = ones[a3]
  param w12: [a0, a1] = ones[a0, a1]
  var s13 = tanh((((((1.837 * ones[a3]) @[a3] w11[+a0]) / #a3) @[a0] (if ((0 + 3 * a0) mod 2 < 2) then sin(real(2 + 1 * a0 + 2 * a1)) else x10[+a0])) / #a0))
  s13[a1: a1((1) mod #a1)] = tanh(0.037)
  let v14 = tanh((log(1.3 + ((mean[k6](sin(real(1 + 1 * a2 + 3 * k6))) @[a2] tanh(((1.2 + sin(real(2 + 2 * a0 + 2 * a2))^2)^0.7))) / #a2)^2) * sum[a2 -> a0: a0(((1 + 1 * a2) div (2 + (0) mod 5)) mod #a0)](tanh((if ((0 + 2 * a2) mod 3 < 1) then expm1(sin(real(0 + 3 * a2))) else (sin(real(2 + 1 * a0)) @[a0] (0.037 * ones[a0, a2])))))))
  var s15 = tanh(expm1(sin(real(1 + 1 * k6)))[k6: count_true[a1](((0 + 3 * a1) mod 2 < 2)) else 0.037])
  if ((0) mod 2 < 1) {
    let v16 = ((1 + 3 * a1) mod 2 < 2)
    s15 = tanh((real((0 + 1 * k6))[k6: k6((2) mod #k6)] * (checkpoint { let u17 = (if ((1) mod 3 < 2) then s15 else s15); grad((v18: []) => u17)(s15) })))
  }   else {
    s15 = tanh(((min[a1](softmax[a1](s13[+k7]) + 0.0113 * real(a1)) @[k7] s15[+k7]) / #k7))
  }
  s15
}
block Main(x19: f32[a2, a3], x20: f32[], x21: f32[a0]) -> (r0: f32[], r1: i64[a0, a1, a3], r2: f32[]) {
  param w22: [a2] = normal[a2]
  var s23 = f32(asin(0.8 * tanh((x20 + x20))))
  for i24 in a0 {
    var s26 = f32(tanh((-(x20[+a0, +a1, +a3] @[a1] x20[+a1]))))
    s26[a3: a3((2) mod #a3)] = f32(tanh((1.337 * ones[a0])))
    s23 = f32(tanh(softplus(s23)))
  }
  let (y27, g28) = value_and_grad((v29: [a0]) => v29[a0: argmin[a0](min[a3](s23[+a0, +a3] + 0.0113 * real(a3)) + 0.0113 * real(a0))])(f32(((1.3 + (if s23[+a0] > 0.0193 then sqrt(s23[+a0]) else s23[+a0])^2)^(-1.5))))
  let v30 = atan2(s23, (1.1 + (((((0.737 * ones[a3']) + softmax[a3' where ((1 + 2 * a3') mod 3 < 1)]((1.237 * ones[a3']))) @[a3'] tanh(sum[a3 where ((2 + 1 * a3 + 3 * a3') mod 2 < 2)](s23[+a3, +a3']))) / #a3') - x20)^2))
  (r0: f32(tanh((((sum[a3 where ((2) mod 3 < 1)](((0.637 * ones[a3, a3'])[a3': int(a3)] * x19[a2: 17])) / #a3))^2))), r1: int(((2 + 2 * a0 + 1 * a1 + 2 * a3) mod 2 < 1)), r2: f32(w22[a2: 27]))
}
experiment e() {
  let d0: f32[a2, a3] = load("d0.npy")
  let d1: f32[] = load("d1.npy")
  let d2: f32[a0] = load("d2.npy")
  let net = Main[]
  print(net(d0, d1, d2))
}

