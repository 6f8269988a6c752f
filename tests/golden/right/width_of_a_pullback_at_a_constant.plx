// RUN: plexus run %s
// A function without a name, called with what has no width of its own, has none either; the pullback of a map at zeros has
// the width of what the map met.
axis n = 2
fn squared[n](x: [n]) -> [n] {
  let start: [n] = zeros
  let (y, back) = vjp((u: [n]) => u * x, start)
  back(x)
}
experiment e() {
  let x = f64(1 + real(n) / 10)
  expect max(abs(squared[n](x) - x * x)) == 0, "no rounding to f32 on the way"
  let third = ((v: []) => v / 3)(1.0)
  expect all(f64(third) == 1 / f64(3.0)), "a third in f64"
  print(squared[n](x), squared[n](f32(x)))
}
