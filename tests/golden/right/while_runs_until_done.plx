// RUN: plexus run %s
fn collatz(start: int) -> int {
  var n = start
  var steps = 0
  while n != 1 {
    n = if n mod 2 == 0 then n div 2 else 3 * n + 1
    steps = steps + 1
  }
  steps
}
experiment e() {
  expect collatz(6) == 8, "6 3 10 5 16 8 4 2 1"
  expect collatz(27) == 111, "the long one"
}
