// RUN: plexus check %s
block Square[n](x: [n]) -> [n] {
  param w: [n, n] = zeros
  x
}
