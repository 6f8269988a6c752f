// RUN: plexus run %s
// Two widths meet as the wider, i8 and u8 as i32; a number that is written takes the width that it meets; sums are i64.
experiment e() {
  axis n = 3
  let a = i8(values[n](1, 2, 3))
  let b = i32(values[n](100, 200, 300))
  let c = u8(values[n](250, 251, 255))
  print(a + b, a * 2, c + u8(10))
  print(a + c, i32(7) div i32(2), i64(c) + 1)
  print(sum[n](c), prod[n](c), c @[n] c, sum[n](b))
  print(a / b, real(a) / 2, mean[n](a), max[n](c))
  let h = 1.0 / 3
  print(f64(h) * 3 - 1, f64(values[n](1, 2, 3)) * h)
}
