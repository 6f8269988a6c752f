// RUN: plexus check %s
axis a = 4, b = 4
block B(x: [a]) -> [a] {
  param w: [a] = zeros[b]
  x * w
}
