// RUN: plexus run %s
// What only moves elements keeps what they are: whole numbers, bools, positions, complex numbers.
axis t = 4, best = 2
experiment e() {
  let a = values[t](3, 1, 2, 1)
  let p = t(a)
  let q: t[t] = reverse[t](p)
  let r: t[t] = sort[t](p)
  let s: i64[t] = sort[t](a)
  print(q, r, s)
  print(reverse[t](a > 1), reverse[t](complex(a, 1)))
  let top = topk[t -> best](a)
  let v: i64[best] = top.value
  print(v, top.position)
  expect all(a[t: top.position] == v), "the largest, and where they stand"
  print(reverse[t](u8(a)), sort[t](f64(a)))
}
