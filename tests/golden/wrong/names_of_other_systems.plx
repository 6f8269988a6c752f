// RUN: plexus check %s
axis n = 4
type Point = (x: [], y: [])
fn of_floats(x: float[n]) -> [n] { x }
fn of_doubles(x: double) -> [] { x }
fn of_any(x: Tensor) -> [n] { x }
fn misspelled(p: Pont) -> [] { p.x }
fn no_type(x: [n], y: klass[n]) -> [n] { x }
fn counted(x: [n]) -> [] { len(x) }
fn from_a_package(x: [n]) -> [n] { torch.exp(x) }
fn turned(x: [n]) -> [n] { transpose(x) }
fn summed(x: [n]) -> [] { einsum("i,i->", x, x) }
fn turns() -> [] {
  var s = 0.0
  for i in range(10) { s += 1 }
  s
}
