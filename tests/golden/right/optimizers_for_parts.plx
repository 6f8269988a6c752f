// RUN: plexus run %s
use nn
use optim
axis pixel = 4, class = 3
optimizer clipped(lr: real = 0.1, most: real = 1)[a...](p: [a...], g: [a...]) -> [a...] {
  given size = norm(g)
  state count: int = 0
  count = count + 1
  p - lr * min(1, most / size) * g
}
block Net[ins -> outs, hid = 6](x: [ins]) -> [outs] {
  x |> Linear[ins -> hid] as body |> tanh |> Linear[hid -> outs] as head
}
experiment e() {
  let x = values[pixel](1.0, 2.0, 3.0, 4.0)
  var net = Net[pixel -> class]
  let first = net
  var opt = clipped(lr: 1, most: 0.5)
  let l = minimize sum[class](net(x)^2) over net using opt
  let g = grad((n) => sum[class](n(x)^2))(first)
  print(norm(g) > 0.5, norm(first - net))
  let second = net
  for i in 0..3 {
    let l2 = minimize sum[class](net(x)^2) over net using (net.body: sgd(lr: 0.0), net.head: adamw(lr: 0.1, decay: 0.0))
  }
  print(norm(net.body - second.body), max(abs(net.head.b - second.head.b)))
  let third = net
  for i in 0..3 {
    let l2 = minimize sum[class](net(x)^2) over net except net.head using sgd(lr: 0.1, momentum: 0.9)
  }
  print(norm(net.body - third.body) > 0.01, norm(net.head - third.head))
}
