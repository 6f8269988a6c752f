// RUN: plexus run %s
// RUN: plexus run %s --interpret
// A position that does not settle is NaN, alone, and counted: over all calls, also in loops, under lifting and in minimize, but
// not where a branch is not taken nor with `else`. The derivative is a fixed point of its own.
use optim
axis n = 3
fn turned(a: []) -> [] {
  fix z = a / z from 1 within 1e-6 at most 100
}
fn kept(a: []) -> [] {
  fix z = a / z from 1 within 1e-6 at most 100 else z
}
fn small(a: []) -> [] {
  if a < 4 then turned(a) else 0
}
fn settles(a: []) -> [] {
  fix z = if a > 5 then -z else 0.5 * z + a from 1 within 2e-6 at most 50
}
experiment e() {
  let x = values[n](1, 4, 9)
  print(turned(x))
  print(kept(x))
  print(small(x))
  var there = 0
  for i in 0..3 { there += count_true[n](not isnan(turned(x))) }
  print(there)
  var w = 1.0
  minimize {
    let t = stop(turned(x))
    sum(if x < 5 then settles(w * x) else 0) + sum(if isnan(t) then 0 else w * t)
  } over w using sgd(lr: 0.1)
  print(w)
}
