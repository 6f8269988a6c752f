// RUN: plexus run %s f
use nn
use optim
axis pixel = 4, class = 3, word = 5, model = 2
block Stack[m](x: [m]) -> [m] {
  axis layer = 3
  var h = x
  repeat l in layer {
    let u = h |> Linear[m -> m] as mix |> tanh
    h = h + u
  }
  h
}
/// Running mean, moved while training.
block Center[c, over](x: [c, over]) -> [c, over] {
  buffer middle: [c] = zeros
  if training { middle = 0.5 * middle + 0.5 * mean[over](x) }
  x - middle
}
block Tied[w, m](t: w[]) -> [w] {
  param emb: [w, m] = normal[w, m]
  emb[w: t] |> Linear[m -> w] with (w: emb[m -> ins, w -> outs], b: 0)
}
fn hyper[a, b](x: [a], w: [a, b]) -> [b] {
  x |> Linear[a -> b] with (w: w[a -> ins, b -> outs], b: 0)
}
block Low[a, b, rank = 1](x: [a]) -> [b] {
  param u: [a, rank] = normal[a, rank]
  param v: [rank, b] = normal[rank, b]
  x |> Linear[a -> b] with (w: (u @[rank] v)[a -> ins, b -> outs]) as lin
}
experiment e() {
  axis n = 3
  let x = values[pixel](1.0, 2.0, 3.0, 4.0)
  var deep = Stack[pixel]
  let s = trace deep(x)
  print(s.l.u - tanh(s.l.mix))

}
experiment f() {
  print("supplied parameters")
  axis n = 3
  let x = values[pixel](1.0, 2.0, 3.0, 4.0)
  let w = normal[n, pixel, class]
  print(hyper[pixel, class](x[+n], w) - x @[pixel] w)
  print(hyper[pixel, class](x, w) - x @[pixel] w)
  var low = Low[pixel, class]
  print(count(low))
  var tied = Tied[word, model]
  var opt = adamw(lr: 0.1)
  let before = tied.emb
  let loss = minimize tied(word(2))[word: 1] over tied using opt
  print(count(tied), max(abs(tied.emb - before)) > 0.01)
  var c = Center[pixel, n]
  let data = real(n)[+pixel] + x[+n]
  var o2 = sgd(lr: 0.1)
  var net = Linear[pixel -> class]
  print((trace c(data)).after.middle)
  let l2 = minimize sum[n, class](net(c(data))) over net using o2
  print(c.middle)
  let l3 = minimize sum[n, class](net(c(data))) + 0 * sum(c.middle) over net using o2
  print(l3)
}
