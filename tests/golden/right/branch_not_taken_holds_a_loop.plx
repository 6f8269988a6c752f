// RUN: plexus run %s
// RUN: plexus run %s --interpret
// The derivative of `if` does not look at a loop, a fixed point or a `checkpoint` in the side that is not taken: sqrt has an
// infinite slope at 0. Order 1 and 2, by the shared coefficient c: of sum over a > 0 of f(c a).
axis n = 3
fn looped(a: [], c: []) -> [] {
  if a > 0 then {
    var s = c * a
    for i in 0..3 { s = sqrt(s) }
    s
  } else 0
}
fn open(a: [], c: []) -> [] {
  if a > 0 then {
    var s = c * a
    var i = 0
    while i < 3 {
      s = sqrt(s)
      i += 1
    }
    s
  } else 0
}
fn nested(a: [], c: []) -> [] {
  var out = 0 * c
  for i in 0..2 {
    out += if a > 0 then {
      var s = 0 * c
      for k in 0..2 { s += if k > 0 then sqrt(c * a) / 2 else 0 }
      s
    } else 0
  }
  out
}
fn again(a: [], c: []) -> [] {
  if a > 0 then checkpoint { sqrt(c * a) } else 0
}
fn fixed(a: [], c: []) -> [] {
  if a > 0 then { fix z = (z + c * a / z) / 2 from a } else 0
}
fn slopes(f, a) {
  let g = (c: []) => sum[n](f(a, c))
  (grad(g)(f64(1.0)), grad(grad(g))(f64(1.0)))
}
experiment e() {
  let a = f64(values[n](1, 4, 0))
  print(slopes(looped, a))
  print(slopes(open, a))
  print(slopes(nested, a))
  print(slopes(again, a))
  print(slopes(fixed, a))
  let here = (c: []) => sum(if a > 0 then fixed(a, c) + looped(a, c) else 0)
  print(grad(here)(f64(1.0)))
}
