// --precision f64
use nn
axis a0 = 2
axis a1 = 1
axis a2 = 16
axis a3 = 9
axis a4 = #a1
block Main(x0: f64[a0, a4]) -> (r0: f64[a4], r1: a1[a2, a3, a4], r2: bool[a2, a3]) {
  let v1 = tanh(0.337)
  let v2 = v1
  var s3 = f64(v1)
  var n4 = 0
  while n4 < 5 and s3 < 0.8537 {
    let v6 = (fix z5 = 0.4 * tanh(z5 + tanh((if ((2) mod 3 < 1) then sum[a3](v2[+a3]) else v1))) + sum[a0 -> a1: a1((0 + 2 * a0) mod #a1)]((if ((2 + 2 * a0) mod 3 < 2) then s3[+a0] else s3[+a0])) from sum[a0 -> a1: a1((0 + 2 * a0) mod #a1)]((if ((2 + 2 * a0) mod 3 < 2) then s3[+a0] else s3[+a0])) within 1e-13 at most 200)[a1: wrap(int(a1((2) mod #a1)))]
    let (y7, g8) = value_and_grad((v9: [a0]) => ((sin(real(0 + 3 * a0)) @[a0] (checkpoint { let u10 = (0.837 * ones[a1, a2]); (0.637 * ones[a0]) })) * (-(s3 + v2))))(f64(tanh(acos(0.7 * sin(sum[a1 -> a0: a0((2 + 2 * a1) mod #a0)](s3[+a1]))))))
    s3 = f64(v1)
    n4 = n4 + 1
  }
  let r12 = (h: v2, c: (if ((v2 + s3) < 1.537) then (0.637 * ones[a2]) else (checkpoint { let u11 = reverse[a2](v1[+a1, +a2]); v1[+a2] })))
  let r13 = 0.7 * r12 + 0.2 * r12
  var s14 = f64(sum[a0 -> a1: a1((0 + 1 * a0) mod #a1)](one_hot[a0](a0((0) mod #a0))))
  if any[a1](((s14 < 1.237) and all[a3](((0 + 3 * a1 + 2 * a3) mod 3 < 1)))) {
    let (r15, r16) = (min[a2](abs(0.0713 + sum[a0 -> a2: a2((1 + 3 * a0) mod #a2)](v2[+a0, +a1, +a3])) + 0.0113 * real(a2)), (mean[a0](tanh(real((1 + 2 * a0 + 1 * a1 + 2 * a2)))) / (1.1 + (sum[a0 -> a2: a2((2 + 1 * a0) mod #a2)](v2[+a0, +a1]) + softmax[a2 where ((0 + 2 * a2) mod 2 < 1)](mean[a3](sin(real(0 + 1 * a1 + 2 * a2 + 2 * a3)))))^2)))
    let v17 = cumsum[a0](r12.h[+a0, +a2, +a3])
    s14 = f64(tanh(((v2[+a3] @[a3] (1.337 * ones[a1, a2, a3]))[a2: a2((1) mod #a2)] + sin(real(1 + 2 * a1)))))
  }   else {
    s14 = f64(tanh((sin(real(0 + 2 * a2)) @[a2] v1[+a1, +a2])))
  }
  (r0: f64(sin(real(0 + 2 * a4))), r1: a1((0 + 3 * a2 + 1 * a3 + 2 * a4) mod #a1), r2: (((not ((0 + 2 * a2 + 3 * a3) mod 3 < 2)) and ((1 + 2 * a2 + 3 * a3) mod 3 < 1)) and (v1[+a2, +a3] >= 0.237)))
}
experiment e() {
  let d0: f64[a0, a4] = load("d0.npy")
  let net = Main[]
  print(net(d0))
  print(grad((v: f64[a0, a4]) => mean(tanh(net(v).r0)))(d0))
}

