// RUN: plexus check %s
use nn
axis n = 4, m = 5, k = 6
type State = (a: [], b: [])
fn more(x: []) -> [] {
  var s: State = (a: x, b: 0, d: 0)
  s.a
}
fn turns(t: []) -> [] {
  var s = 0.0
  for i in 0..t { s += 1 }
  s
}
fn whole(x: [n]) -> i64[n] { x }
fn places(x: n[m]) -> k[m] { x }
fn placed(x: [m]) -> n[m] { x }
experiment swapped() {
  let wide = Linear[n -> m]
  var net = Linear[n -> k]
  net = wide
  var pair = (a: 1.0, b: 2.0)
  pair = (a: 1.0, c: 2.0)
}
fn unknown_beside_unknown(x: [n]) -> [n] { gelu(y, foo: x) }
fn nothing(x: [n]) -> [n] { gelu() }
