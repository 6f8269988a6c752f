// RUN: plexus run %s
// How many an axis with a bound has is a value: reductions, loops, derivatives and the functions called keep to it.
axis node = 6, row = 3
use nn
fn positive_mean[n](x: [n]) -> [] {
  axis kept <= #n
  let i = filter[n -> kept](x > 0)
  let y = x[n: i]
  sum[kept](y) / #kept
}
fn norm_of_kept[n](x: [n]) -> [] {
  axis kept <= #n
  let y = x[n: filter[n -> kept](x > 0)]
  mean[kept](y) + 100 * sum[kept](ones[kept]) + 1000 * real(#kept)
}
fn runs[n](x: [n]) -> [] {
  axis kept <= #n
  let y = x[n: filter[n -> kept](x > 0)]
  var t = 0.0
  for i in kept { t = t * 2 + y[kept: i] }
  let all = for i in kept { t = t + 1
     yield t }
  t + sum[kept](all)
}
fn pairs[n](x: [n]) -> [] {
  axis kept <= #n
  let y = x[n: filter[n -> kept](x > 0)]
  let d = y[+kept'] - y[kept -> kept']
  sum[kept, kept'](d * d)
}
fn few[n](x: [n]) -> [] {
  axis kept <= 2
  let y = x[n: filter[n -> kept](x > 0)]
  axis half = #kept div 2
  sum[kept](y) + 100 * #half
}
fn f[n](x: [n], y: [n]) -> [] {
  axis kept <= #n
  let i = filter[n -> kept](y > 0)
  let z = x[n: i]
  mean[kept](z) + median[kept](z) + std[kept](z) + max[kept](z) + sum(ones[kept]) + z[kept: argmax[kept](z)]
}
fn g[k](x: [k]) -> [] {
  axis j = #k
  sum[k](x) / #k + sum[j](ones[j])
}
fn h[n](x: [n]) -> [] {
  axis kept <= #n
  let z = x[n: filter[n -> kept](x > 2)]
  g[kept](z)
}
fn cascade[n](x: [n]) -> [] {
  axis a <= #n
  let y = x[n: filter[n -> a](x > 1)]
  axis b <= #a
  let z = y[a: filter[a -> b](y < 4)]
  sum[b](z) + 10 * #b + 100 * #a
}
experiment e() {
  let x = values[row, node](1, -1, 2, -2, 3, 0,  -1, -1, -1, -1, -1, -1,  4, 4, 4, 4, 4, 10)
  print(positive_mean[node](x))
  print(norm_of_kept[node](x))
  print(runs[node](x))
  print(pairs[node](x))
  print(grad((x: [node, row]) => sum[row](norm_of_kept[node](x)))(real(x)))
  print(grad((x: [node, row]) => sum[row](runs[node](x)))(real(x)))
  print(grad((x: [node, row]) => sum[row](pairs[node](x)))(real(x)))
  print(few[node](x[row: 0] - 1))
  let p = real(node)
  print(f[node](p, p - 2))
  print(h[node](p), cascade[node](p))
  let (v, dv) = jvp((x: [node]) => f[node](x, x - 2), p, ones[node])
  print(v, dv, grad((x: [node]) => f[node](x, x - 2))(p))
  var total = 0.0
  for t in 0..3 {
    axis big <= #node
    let i = filter[node -> big](p > t)
    total += sum[big](p[node: i])
    print(t, total, #big)
  }
  axis kept <= #node, open
  let i = filter[node -> kept](p > 2)
  let q = p[node: i]
  print(i, q, #kept, sum[kept](q), softmax[kept](q), sort[kept](-q), ones[kept] + 1)
  for k in kept { print(k, q[kept: k]) }
  let j = filter[node -> open](p < 2)
  print(p[node: j], ones[open])
  let net = Linear[kept -> 3] with (w: 1, b: 0)
  print(net(q), Linear[kept -> kept](q) * 0 + q)
  axis other = #kept
  print(sum[other](q[kept -> other]))
  axis n = 3, k <= 5
  save((x: real(n)), "x.npz")
  let d: (x: f32[k]) = load("x.npz")
  print(sum[k](d.x), #k, k)
}
