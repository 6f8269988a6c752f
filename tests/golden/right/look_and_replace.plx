// RUN: plexus run %s
use nn
use optim
axis pixel = 4, class = 3, model = 5
block Net[ins -> outs, hid = 6](x: [ins]) -> [outs] {
  let h = x |> Linear[ins -> hid] as lift |> tanh
  let score = h * 2
  score |> Linear[hid -> outs] as head
}
block Stack[m](x: [m]) -> [m] {
  axis layer = 3
  var h = x
  repeat l in layer {
    let u = h |> Linear[m -> m] as mix |> tanh
    h = h + u
  }
  h
}
fn hyper[a, b](x: [a], w: [a, b]) -> [b] {
  x |> Linear[a -> b] with (w: w[a -> ins, b -> outs], b: 0)
}
experiment e() {
  var net = Net[pixel -> class]
  let x = values[pixel](1.0, 2.0, 3.0, 4.0)
  let t = trace net(x)
  print(t.score - 2 * t.h)
  print(t.result - net(x))
  print(sum(abs(t.lift - net.lift(x))))
  let cut = net with (h: 0)
  print(cut(x) - net.head.b)
  let half = net with (lift: (v) => 0.5 * v)
  print((trace half(x)).h - tanh(0.5 * t.lift))
  print(count(net), count(net except net.head))
  print(norm(net) - sqrt(sum(net.lift.w * net.lift.w) + sum(net.lift.b^2) + sum(net.head.w * net.head.w) + sum(net.head.b^2)))
  var deep = Stack[pixel]
  let s = trace deep(x)
}
