// RUN: plexus run %s
// Whole numbers stay whole and exact; both sides of an `if` may yield; a size that is required is known.
axis t = 3, b = 2
fn signs[d]() -> [d] {
  require #d == 2, "one of each"
  values[d](1, -1)
}
experiment e() {
  let k = values[t](2, 7, 3)
  let x = values[t](-3.0, -4, -1)
  print(cumprod[t](k), cummax[t](k), cummax[t](u8(k)), cummax[t](x), cumprod[t](f64(values[t](0.1, 0.2, 0.3))))
  print(cummax[t where t > 0](x), cumprod[t where t != 1](x), cummax[t](k[+b]))
  print(grad((v: [t]) => sum(cumprod[t](v) + cummax[t](v)))(values[t](1.0, 3.0, 3.0)))
  print(values[t](9007199254740993, -9007199254740993, 1), values[t](9223372036854775807, 2, -5))
  print(signs[b], prod[t where false](k), sum[t where signs[b] > 0](k[+b]))
  let r = for i in t { if x[t: i] < -2 { yield (a: sqrt(-x[t: i]), b: i) } else { yield (a: 0.0, b: 0) } }
  print(r)
  print(grad((v: [t]) => sum(for i in t { if v[t: i] < -2 { yield sqrt(-2 - v[t: i]) } else { yield 0.0 } }))(x))
}
