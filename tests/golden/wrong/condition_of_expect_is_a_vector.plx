// RUN: plexus check %s
axis n = 3
experiment e() {
  expect real(n) >= 0, "positions are not negative"
}
