// RUN: plexus run %s
// Models, records and tuples as vectors: arithmetic, norms, derivatives and draws leaf by leaf; leaves are assigned.
use nn
axis a = 3, b = 3
block Net(x: [a]) -> [b] { x |> Linear[a -> b] as one }
experiment main() {
  let net = Net[]
  let other = Net[]
  let noisy = map((w) => w + 0.1 * uniform, net)
  let entries = map((w: []) => w + 0.1 * uniform, net)
  let by_leaf = noisy - net
  print(abs(by_leaf.one.w[a: 0, b: 0] - by_leaf.one.b[b: 0]) > 1e-4, std(by_leaf.one.w) < 1e-6)
  print(std((entries - net).one.w) > 1e-3)
  print(sum(zip((u, v) => max(u, v), net, other) - net) >= 0)
  print(norm(net - net), norm(0.5 * net + 0.5 * net - net))
  let d = net - other
  print(abs(sum(d * d) - norm(d) ^ 2) < 1e-4)
  let f = (m: Net) => sum((m(ones[a])) ^ 2)
  let (v, dv) = jvp(f, net, other)
  print(abs(dv - sum(grad(f)(net) * other)) < 1e-4)
  var m = net
  m.one = other.one
  m.one.w[a: 0, b: 1] = 5
  print(m.one.w[a: 0, b: 1], norm(m.one.b - other.one.b))
  let pair = (p: net, q: (1.0, zeros[a]))
  print((2 * pair).q, norm((2 * pair).p - 2 * net))
  let xs = (1.0, 2.0)
  let (u, w) = xs
  print(u + w, xs == (1.0, 3.0), if u > 0 then xs else (3.0, 4.0))
}
