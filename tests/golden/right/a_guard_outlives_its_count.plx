// RUN: plexus run %s --precision f64
// A loop is cut by the count behind its guard only where that count is still there: here the guard is kept in memory for a
// later loop, and the count is not.
axis n = 5
fn summed(x: []) -> [] {
  axis kept <= #n
  let i = filter[n -> kept](n mod 2 < 1)
  let y = (sin(real(kept)) @[kept] sin(x * (n + kept)))[n: i]
  sum[kept](y)
}
experiment e() {
  let by_hand = (at: int) => sum[n](if n < 3 then sin(real(n)) * sin(real(at + n)) else 0)
  print(summed(f64(1)))
  expect abs(summed(f64(1)) - by_hand(0) - by_hand(2) - by_hand(4)) < 1e-12, "as by hand"
}
