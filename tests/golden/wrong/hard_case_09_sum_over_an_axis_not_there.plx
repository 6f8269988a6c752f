// RUN: plexus check %s
axis n = 2, k = 4
experiment main() {
  print(sum[k](real(n)))
}
