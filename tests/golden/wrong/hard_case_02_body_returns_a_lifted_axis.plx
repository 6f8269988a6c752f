// RUN: plexus check %s
axis k = 3, t = 2
fn f[t](x: [t]) -> [k] {
  sum[t](x[+k] * real(k + 1))
}
experiment main() {
  print(f[t](real(t + k)))
}
