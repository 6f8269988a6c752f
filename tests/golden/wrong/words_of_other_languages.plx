// RUN: plexus check %s
import nn
axis a = 4
blok H(x: [a]) -> [a] { x }
fn f(x: [a]) -> [a] {
  const k = 2
  let y = lambda z: z + 1
  for i in range(10):
  y := 2 ** k
  return x
}
fn g(x: [a]): [a] { if x > 0 then x }
fn h(x: [a]) -> [a] = x ** 2
fn m(x = [a]) -> [a] { x > 0 ? x : 0 }
fn l(x: [a], y: [a, a']) -> [a'] {
  let (u: v, w) = (x, x)
  let z == clamp(x, lo = 0, hi = 1)
  y[:, 0]
}
experiment e() {
  print('text')
}
