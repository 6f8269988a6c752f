// RUN: plexus check %s --types
// What makes a model's parameters wide makes its buffers wide, too; else these stay.
axis n = 3
block B[k](x: [k]) -> [k] {
  param w: [k] = ones
  buffer c: [k] = zeros
  buffer turns: i64[] = 0
  if training { c = c + 1 }
  x * w + c + real(turns)
}
experiment e() {
  let net = B[n]
  let wide = map((v) => f64(v), net)
  let c = wide.c
  let turns = wide.turns
  let y = wide(zeros[n])
  let same = map((v) => 2 * v, net).c
}
