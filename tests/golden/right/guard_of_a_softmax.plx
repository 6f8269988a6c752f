// RUN: plexus run %s
use nn
axis row = 3, src = 4
experiment e() {
  let len = values[row](0, 2, 4)
  let s = if src < len[+src] then real(src * 0 + row) else nan
  let p = softmax[src where src < len](s)
  print(p)
  expect all(sum[src](p) == values[row](0, 1, 1)), "a row without positions is zeros"
  let g = grad((s: [row, src]) => sum[row, src](softmax[src where src < len](s) * real(src)))(s)
  expect not any(isnan(g)), "what is outside is never read"
  let v = if src < 2 then real(src) else nan
  let m = mean[src where src < 2 else 0](v)
  expect m == 0.5, "a mean counts what is inside"
}
