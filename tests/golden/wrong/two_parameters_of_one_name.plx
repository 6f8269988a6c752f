// RUN: plexus check %s
block B[n](x: [n]) -> [n] {
  param w: [n] = ones
  param w: [n] = zeros
  x * w
}
