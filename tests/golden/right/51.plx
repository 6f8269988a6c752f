// --precision f64
use nn
axis a0 = 5
axis a1 = 9
axis a2 = 4
axis a3 = 5
fn f0[k1](x2: [a1], x3: a0[a1], x4: [a3]) -> [k1] {
  let v5 = any[a2]((not ((2 + 1 * a2) mod 3 < 1)))
  (x4[+k1] @[a3] (tan(tanh(((1.637 * ones[k1]) @[k1] x4[+k1]))) / (1.1 + tanh(var[a1](logsumexp[a0]((0.537 * ones[a0, a1, a3]))))^2)))
}
fn f6[k7, k8](x9: [k7]) -> [a3, k7] {
  let v10 = ((0 + 3 * a1 + 3 * a3) mod 3 < 2)
  let v11 = (not (stop(sin(real(2 + 1 * a0 + 3 * a2 + 2 * k8))) >= 0.437))
  let v12 = sum[a1 -> a2: a2((0 + 2 * a1) mod #a2)](atan2((sum[a0 -> a1: a1((1 + 3 * a0) mod #a1)](sin(real(2 + 1 * a0))) * cos(sin(real(0 + 2 * a1)))), (1.1 + x9[k7: 0]^2)))
  (erfc(tanh(((x9[+a3] * sin(real(1 + 2 * a3 + 2 * k7))) - x9[+a3]))) * (if ((0) mod 3 < 2) then prod[a2](1.1 + (0.4 * tanh(sin(real(1 + 2 * a2 + 2 * k7))))) else ((0.437 * ones[a0]) + softmax[a0 where ((2 + 1 * a0) mod 2 < 2)]((1.837 * ones[a0])))[a0: wrap(((2) div (2 + (2) mod 5)))]))
}
block Main(x13: f32[a2], x14: i64[a0], x15: a1[a3]) -> (r0: f64[a1, a2, a3], r1: f64[a0, a2], r2: f64[a2, a3]) {
  param w16: [] = 0.7
  param w17: [a3] = 0.3 * normal[a3]
  let v18 = exp(relu(0.137 + tanh(sqrt(0.4 + w16[+a1, +a3, +a1'][a1': int(a1)]^2))))
  let v19 = ((1 + 3 * a0 + 2 * a3 + 3 * a1') mod 2 < 2)
  let (y20, g21) = value_and_grad((v22: [a0]) => w16)(f64(stop((1.537 * ones[a1'])[a1': a1'((0 + 1 * a0) mod #a1')])))
  let v25 = sort[a1'](tanh(norm[a1](grad((v23: [a1, a2, a3, a1']) => grad((v24: []) => v24)(f64(y20)))(f64(tanh(softplus(v18[+a2, +a1'])))) + 0.717 + real(a1))) + 0.0113 * real(a1'))
  (r0: f64(rsqrt(0.6 + relu(0.137 + grad((v26: [a1, a2, a3]) => w16)(f64(w16[+a1, +a2, +a3])))^2)), r1: f64(tanh(real(sum[a1]((count_true[a1'](((1 + 3 * a0 + 3 * a1 + 1 * a2 + 3 * a1') mod 3 < 1)) div (2 + x14[+a1, +a2] mod 5)))))), r2: f64(((tanh(real((2 + 2 * a1 + 1 * a2 + 1 * a3))) + (w16[+a0, +a2, +a3] @[a0] tanh(g21[+a1, +a3]))) - sum[a1' -> a3: a3((1 + 3 * a1') mod #a3)](stop(w16[+a1, +a2, +a1'])))[a1: a1((0) mod #a1)]))
}
experiment e() {
  let d0: f32[a2] = load("d0.npy")
  let d1: i64[a0] = load("d1.npy")
  let d2: a1[a3] = load("d2_below9.npy")
  let net = Main[]
  print(net(d0, d1, d2))
  let slope = grad((m) => mean(tanh(m(d0, d1, d2).r0)))(net)
  print(norm(slope))
  print(grad((v: f32[a2]) => mean(tanh(net(v, d1, d2).r0)))(d0))
}

