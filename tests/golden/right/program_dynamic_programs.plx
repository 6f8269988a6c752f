// RUN: plexus run %s
// soft-DTW and edit distance by dynamic programming
fn softmin(a: [], b: [], c: [], g: real) -> [] {
  let m = min(min(a, b), c)
  m - g * log(exp(-(a - m) / g) + exp(-(b - m) / g) + exp(-(c - m) / g))
}
fn soft_dtw[i, j](d: [i, j]) -> [] {
  axis i1 = #i + 1, j1 = #j + 1
  var r = full[i1, j1](1e6)
  r[i1: 0, j1: 0] = 0
  for a in i {
    for b in j {
      r[i1: a + 1, j1: b + 1] = d[i: a, j: b] + softmin(r[i1: int(a), j1: int(b)], r[i1: int(a), j1: b + 1], r[i1: a + 1, j1: int(b)], 1.0)
    }
  }
  r[i1: #i, j1: #j]
}
fn edit[i, j](s: int[i], t: int[j]) -> int {
  axis i1 = #i + 1, j1 = #j + 1
  var r = 0 * i1 + 0 * j1
  for a in 0..#i + 1 { r[i1: int(a), j1: 0] = a }
  for b in 0..#j + 1 { r[i1: 0, j1: int(b)] = b }
  for a in i {
    for b in j {
      let change = if s[i: a] == t[j: b] then 0 else 1
      r[i1: a + 1, j1: b + 1] = min(min(r[i1: int(a), j1: b + 1] + 1, r[i1: a + 1, j1: int(b)] + 1), r[i1: int(a), j1: int(b)] + change)
    }
  }
  r[i1: #i, j1: #j]
}
experiment main() {
  axis i = 4, j = 5
  let d = f64(uniform[i, j])
  print(soft_dtw[i, j](d))
  let g = grad((d: [i, j]) => soft_dtw[i, j](d))(d)
  let v = f64(normal[i, j] as v)
  let e = 1e-6
  let n = (soft_dtw[i, j](d + e * v) - soft_dtw[i, j](d - e * v)) / (2 * e)
  expect abs(sum(g * v) - n) < 1e-7, "gradient of soft-DTW"
  axis a = 6, b = 7
  // kitten, sitting
  print(edit[a, b](values[a](11, 9, 20, 20, 5, 14), values[b](19, 9, 20, 20, 9, 14, 7)))
}
