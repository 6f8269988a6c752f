// RUN: plexus run %s
use nn
block Sum[h, w](x: [h, w]) -> [h, w] {
  axis kh = 3, kw = 3
  let patch = x[h: h + kh - #kh div 2 else 0, w: w + kw - #kw div 2 else 0]
  patch @[kh, kw] ones[kh, kw]
}
experiment e() {
  axis h = 3, w = 4, cin = 2, cout = 5
  let y = ones[h, w] |> Sum[h, w]
  print(y)
  expect y[h: 0, w: 0] == 4 and y[h: 1, w: 1] == 9 and y[h: 2, w: 1] == 6, "corners, inside, edges"
  let conv = Conv2d[h, w, cin -> cout]
  expect count(conv) == 2 * 9 * 5 + 5, "its parameters"
  let z = conv(ones[cin, h, w])
  expect sum[cout, h, w](z * 0 + 1) == 60, "its result keeps h and w"
}
