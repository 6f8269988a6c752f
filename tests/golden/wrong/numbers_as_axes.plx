// RUN: plexus check %s
axis n = 4
fn sliced(x: [n]) -> [n] { x[0:2] }
fn first(x: [n]) -> [] { x[0] }
fn last(x: [n]) -> [] { x[-1] }
fn summed(x: [n]) -> [] { sum[0](x) }
fn of_value(x: [n], y: [n]) -> [] { sum[y](x) }
fn of_three(x: f32[3]) -> [] { 1 }
fn turns(x: []) -> [] {
  var s = x
  for i in 3 { s += 1 }
  s
}
block Deep(x: [n]) -> [n] {
  var y = x
  repeat layer in 3 { y = tanh(y) }
  y
}
