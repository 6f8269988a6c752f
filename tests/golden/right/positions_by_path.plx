// RUN: plexus run %s
// An axis by its path is the position along it, as any axis is.
axis n = 3, m = 2
block Cell[k, gate = 3](x: [k]) -> [k] {
  axis part = (left, right)
  param w: [k, gate, part] = ones
  x * sum[gate, part](w)
}
experiment e() {
  let net = Cell[n]
  print(real(net.gate), net.k + 1, #net.gate, int(net.part.right))
  print(net.w[net.gate: 0, net.part: net.part.right], sum(net.w * real(net.gate)))
  print((2 * net.gate)[net.gate: 1])
}
