// RUN: plexus run %s
// 128 TB cannot be had; what was there stays.
experiment e() {
  axis n = 4000000, m = 4000000
  print(sum(cumsum[n](real(n)[+m])))
}
