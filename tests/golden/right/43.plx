// --precision f64
use nn
axis a0 = (a0_0, a0_1)
axis a1 = #a0
axis a2 = 2
axis a3 = 4
axis a4 = #a2
block Main(x0: f64[a4], x1: bool[], x2: f32[]) -> (r0: f64[a2, a3, a4], r1: f64[a1, a2, a3]) {
  param w3: [a2, a3] = 0.3 * normal[a2, a3]
  let (y4, g5) = value_and_grad((v6: [a0, a2]) => mean[a0, a2](v6))(f64(tanh(sum[a3]((1.637 * ones[a0, a2, a3, a2']))[a2': int(a2)])))
  let v7 = int((not x1[+a2]))
  let (y8, t9) = jvp((v11: [a3, a2']) => (tanh(sqrt(0.4 + ((x2[+a3] @[a3] v11[+a1, +a2]) / #a3)^2)) @[a2'] (v11[a3: 1] * tanh(((x2[+a2'])^2)))), f64(tanh(min[a2 -> a3: argmax[a3](sin(real(0 + 2 * a2 + 1 * a3)) + 0.0113 * real(a3)) else 0.437]((sin(real(0 + 3 * a2 + 1 * a2')) - x2[+a2, +a2'])))), f64(tanh(sum[a4 -> a2': a2'((0 + 2 * a4) mod #a2')](x2[+a3, +a4]))))
  (r0: f64(grad((v13: [a2, a3, a4]) => y4)(f64(tanh(grad((v12: [a3, a4]) => min[a3 where x1[+a3] else 1.037](y4[+a3] + 0.0113 * real(a3)))(f64(tanh(((0.637 * ones[a2, a3]) @[a2] x0[+a2]))))[a3: a3 + 2 * a2 - #a2 div 2 else 0])))), r1: f64(t9[+a3]))
}
experiment e() {
  let d0: f64[a4] = load("d0.npy")
  let d1: bool[] = load("d1.npy")
  let d2: f32[] = load("d2.npy")
  let net = Main[]
  print(net(d0, d1, d2))
}

