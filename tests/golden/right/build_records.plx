// RUN: plexus build %s parts -o %t/parts.so && cat %t/parts.h
// Arguments that are records, tuples, models, numbers and flags are several in C; two that would share a name do not.
axis n = 4, m = 2

type Pair = ([n], real)

block Two[n -> m](x: [n]) -> [m] {
  param w: (a: [n, m], b: [m]) = (a: normal[n, m], b: zeros)
  x @[n] w.a + w.b
}

experiment parts(p: (x: [n], scale: Pair), net: Two[n -> m], p_x: [n], flag: bool, k: int, at: n[]) {
  let (z, half) = p.scale
  let y = if flag then half * net(p.x * z) + real(k) else net(p_x)
  (y: y, inner: (p_x[n: at], p.x))
}
