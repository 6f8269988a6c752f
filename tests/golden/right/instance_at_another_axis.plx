// RUN: plexus run %s
// An instance runs at another axis where no parameter has the first: by the axis that it was given, or the header's name.
use nn
axis a = 3, b = 2, t = 6, half = 3

block Smooth[time, c](x: [time, c]) -> [time, c] {
  param k: [c] = ones
  (x[time: clamp(time - 1)] + x) * k / 2
}

block Two[s, c](x: [s, c]) -> [s, c] {
  let y = x |> Smooth[s, c] as first
  y[s -> s'][s' -> s] |> Smooth[s, c] as second
}
block Coarse[time, half, c](x: [time, c]) -> [half, c] {
  let net = Smooth[time, c]
  require 2 * #half == #time
  let y = net(x)
  net[time: half](y[time: 2 * half])
}

experiment e() {
  let smooth = Smooth[t, a]
  let x = real(half)[+a]
  print(smooth[t: half](x), smooth[time: half](x))
  let two = Two[t, a]
  print(two[t: half](x))
  print(Coarse[t, half, a](real(t)[+a]))
  let conv = Conv1d[t, a -> b]
  let u = real(half + a)
  let conv2 = Conv1d[half, a -> b] with (k: conv.k[conv.kt -> kt], b: conv.b)
  print(max(abs(conv[t: half](u) - conv2(u))))
  let g = grad((m: Smooth[t, a]) => sum(m[t: half](x)))(smooth)
  print(g.k)
  let bound = softmax[t]
  print(bound[t: half](0 * real(half)))
}
