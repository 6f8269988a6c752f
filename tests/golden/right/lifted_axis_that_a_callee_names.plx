// RUN: plexus run %s
// A function that does not name the axis that it is lifted over calls one that does: there it is another.
axis a = 3, b = 2
fn inner(x: []) -> [] { x * sum[a](real(a)) }
fn outer(x: []) -> [] { 2 * inner(x) }
experiment e() {
  let x = real(a)
  expect all(outer(x) == 6 * x), "the callee sums its own"
  expect all(grad(outer)(x) == 6), "under a derivative, too"
}
