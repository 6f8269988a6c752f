// RUN: plexus check %s
use nn
block B[n](x: [n]) -> [n] {
  x |> Linear[n -> n] |> B[n] as inner
}
experiment e() {
  axis n = 2
  let b = B[n]
  print(b(ones[n]))
}
