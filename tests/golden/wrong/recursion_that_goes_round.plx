// RUN: plexus check %s
// What is called with the same sizes and numbers inside of itself goes the same way for ever: said where it is called, not at
// some depth. Where a choice is open, the use tells.
fn alone(x: []) -> [] { alone(x - 1) }
fn ping[k](x: [k]) -> [] { pong[k](x) }
fn pong[k](x: [k]) -> [] { ping[k](x + 1) }
fn stays[n: int](x: []) -> [] { if n == 0 then x else stays[n](x) }
fn ends[n: int](x: []) -> [] { if n == 0 then x else ends[n - 1](2 * x) }
fn halves[k](x: [k]) -> [] {
  if #k == 1 then sum[k](x) else {
    axis half = #k div 2
    halves[half](x[k: half])
  }
}
experiment e() {
  axis k = 3
  print(stays[2](1.0))
  print(ends[3](1.0), halves[k](ones[k]))
}
