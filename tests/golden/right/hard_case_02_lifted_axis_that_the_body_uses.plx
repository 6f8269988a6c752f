// RUN: plexus run %s
// For each k of the argument the sum over t and over the body's own k of (t + k0)(k + 1).
axis k = 3
fn f[t](x: [t]) -> [] {
  let w = real(k + 1)
  sum[t, k](x[+k] * w)
}
experiment e() {
  axis t = 2
  let y = f[t](real(t + k))
  print(y)
  expect all(y == values[k](6, 18, 30)), "lifting is a map, not a broadcast of the body"
}
