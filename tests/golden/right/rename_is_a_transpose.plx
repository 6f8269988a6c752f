// RUN: plexus run %s
axis i = 2, j = 2
experiment e() {
  let m = real(2 * i + j)
  let t = m[i -> j, j -> i]
  expect t[i: 0, j: 1] == 2, "both at once"
}
