// RUN: plexus run %s
// Constants, choices and gathers of them are positions where that is proved.
axis h = 7, p = 4, q = 2

experiment e() {
  let x = 10 * h
  let r: h[p] = values[p](0, 6, 3, 3)
  let s: h[p] = if p > 1 then values[p](1, 2, 3, 4) else 0
  let t: h[q] = values[p](5, 6, 4, 3)[p: q + 1]
  print(x[h: r], x[h: s], x[h: t], x[h: values[p](6, 5, 4, 3)])
}
