// RUN: plexus check %s
fn pool[n, o, k = 3](x: [n]) -> [o] {
  require #o == (#n - #k) div 2 + 1
  mean[k](x[n: 2 * o + k])
}
experiment main() {
  axis two = 2, o = 1
  print(pool[two, o](real(two)))
}
