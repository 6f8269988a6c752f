// RUN: plexus run %s
// Three times through loops, branches, a `while` and a fixed point, against differences; and reverse over forward over
// reverse.
fn steps(x: []) -> [] {
  var s = x
  for i in 0..4 { s = s + sin(s) / (i + 1) }
  if s > 1 then s * s else exp(s)
}
fn grown(x: []) -> [] {
  var h = x
  while h < 4 { h = h * 1.5 + x * sin(h) / 3 }
  h
}
fn settled(x: []) -> [] { fix z = cos(z) * 0.5 + x from 0.0 within 1e-14 }
fn again(x: []) -> [] { checkpoint { steps(x) * grown(x + 2) } }
fn error(f, x: []) -> [] {
  let e = 1e-4
  let n = (grad(grad(f))(x + e) - grad(grad(f))(x - e)) / (2 * e)
  abs(grad(grad(grad(f)))(x) - n) / (1 + abs(n))
}
experiment main() {
  axis p = 4
  let x = f64(values[p](-0.7, 0.2, 0.9, 1.7))
  expect all(error(steps, x) < 1e-6), "a loop and a branch"
  expect all(error(grown, x + 1.3) < 1e-6), "while"
  expect all(error(settled, x) < 1e-6), "a fixed point"
  expect all(error(again, x) < 1e-6), "what is computed again"
  let mixed = (x: []) => {
    let (slope, bend) = jvp(grad(steps), x, 1.0 + 0 * x)
    bend
  }
  expect all(abs(grad(mixed)(x) - grad(grad(grad(steps)))(x)) < 1e-12), "reverse over forward over reverse"
}
