// RUN: plexus check %s
use nn
axis a = 3, b = 2, t = 6, half = 3
block Learnt[time, c](x: [time, c]) -> [time, c] {
  param bias: [time] = zeros
  x + bias
}
block Halves[time](x: [time]) -> [time] {
  axis part = (#time + 1) div 2
  param k: [part] = ones
  x * sum[part](k)
}
experiment e() {
  let net = Learnt[t, a]
  print(net[t: half](ones[half, a]))
  print(net[b: half](ones[half, a]))
  print(net[t: half](ones[t, a]))
  print(net[half](ones[t, a]))
  let halves = Halves[t]
  print(halves[t: half](ones[half]))
}
