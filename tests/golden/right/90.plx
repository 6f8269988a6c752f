// --precision f64
use nn
axis a0 = 4
axis a1 = 7
axis a2 = 7
axis a3 = 1
fn f0(x1: [], x2: i64[a1, a3], x3: [a3]) -> [a0] {
  let v4 = max(0.0171 + sin(real(1 + 2 * a0 + 3 * a1 + 3 * a3)), x3[+a0, +a1])
  ((1.3 + softmax[a0](real(int(a1((1 + 1 * a0) mod #a1))))^2)^(-1.5))
}
block Main(x5: f32[a3]) -> (r0: f64[]) {
  param w6: [a2] = normal[a2]
  let (y8, t9) = linearize((v11: [a0, a2]) => (((x5[+a1] - x5[+a1]) + softmax[a1 where ((0 + 3 * a1 + 1 * a3) mod 2 < 2)](min[a2 where ((2 + 2 * a1 + 2 * a2 + 3 * a3) mod 3 < 2) else 0.237](sin(real(1 + 3 * a1 + 2 * a2 + 1 * a3)) + 0.0113 * real(a2)))) - sum[a2 -> a1: a1((0 + 2 * a2) mod #a1)](asin(0.8 * tanh(w6)))), f64(min[a1 -> a0: a0((0 + 2 * a1) mod #a0) else 1.237]((checkpoint { let u7 = sin(real(0 + 1 * a1)); sin(real(2 + 2 * a1 + 3 * a2)) }))))
  let u10 = t9(f64(f0(f64(tanh((w6[+a0] @[a0] sin(real(1 + 1 * a0))))), count_true[a0](((0 + 2 * a0 + 3 * a1 + 1 * a2 + 3 * a3) mod 2 < 2)), f64(tanh(sum[a2](w6[+a3]))))))
  let (y12, g13) = value_and_grad((v14: [a3]) => (tanh(((1.2 + reverse[a0]((0.837 * ones[a0]))^2)^0.7)) @[a0] mean[a0]((0.437 * ones[a0, a3]))[a3: a3((2 + 1 * a0) mod #a3)]))(f64(tanh(u10[a1: 4])))
  var s15 = f64(tanh(y12))
  let y16 = for i17 in a2 {
    s15 = f64(tanh((tanh(y12[+a2]) @[a2] tanh((((tanh(y12[+a2, +a3]) @[a3] tanh(y12[+a3])))^3)))))
    yield f64(s15)
  }
  axis s18 = #a2
  let v19 = int(a2((1 + 2 * a0 + 1 * a1 + 2 * a3) mod #a2))
  let (y20, t21) = jvp((v23: []) => (if ((y12 + y12) < 1.837) then tanh(((v23[+a2][a2: a2((2) mod #a2)])^2)) else (tanh((if ((0 + 3 * a1) mod 3 < 2) then y12[+a1] else y12)) @[a1] tanh(grad((v24: [a1]) => s15)(f64(tanh(y12[+a1])))))), f64(tanh((-y12[+a0])[a0: argmin[a0](y12[+a0] + 0.0113 * real(a0))])), f64(tanh((w6 + y16)[a2: argmin[a2](y16 + 0.0113 * real(a2))])))
  (r0: f64((grad((v27: []) => sum[a3 -> a0: a0((0 + 1 * a3) mod #a0)]((1.137 * ones[a3]))[a0: argmin[a0](v27[+a0] + 0.0113 * real(a0))])(f64(tanh(min(0.0171 + tanh(y20), grad((v26: []) => y20)(f64(tanh(t21))))))) * sign(0.0137 + grad((v25: []) => s15)(f64(tanh(sum[a2]((1.537 * ones[a2])))))))))
}
experiment e() {
  let d0: f32[a3] = load("d0.npy")
  let net = Main[]
  print(net(d0))
}

