// RUN: plexus run %s
// The largest of bytes and of the most negative numbers come first; running sums of narrow whole numbers do not go round.
axis n = 5, q = 3
experiment main() {
  let i = u8(values[n](3, 0, 255, 3, 7))
  let j = i8(values[n](-128, 5, 127, 5, 0))
  let k = values[n](0, 4, 4, 9, -9223372036854775807)
  print(topk[n -> q](i), topk[n -> q](j), topk[n -> q](k), topk[n -> q](real(i) - 3))
  print(cumsum[n](i), cumsum[n](j), cumsum[n where n > 1](i))
}
