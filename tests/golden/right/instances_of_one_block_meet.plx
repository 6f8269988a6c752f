// RUN: plexus run %s
// Two instances of one block are of one type, whatever axes each has made for itself.
use nn
axis in = 2, out = 1

block Net[a -> b, hidden = 4](x: [a]) -> [b] {
  axis inner = 3
  x |> Linear[a -> hidden] as lift |> tanh |> Linear[hidden -> inner] as mid |> Linear[inner -> b] as read
}

experiment e() {
  var one = Net[in -> out]
  let two = Net[in -> out]
  let wide = Net[in -> out, hidden: 6]
  let wide_too = Net[in -> out, hidden: 6]
  let mid = 0.5 * one + 0.5 * two
  expect all(abs(norm(mid - one) - norm(mid - two)) < 1e-5), "the mean of two"
  expect all(norm(wide - wide_too) > 0), "of a width that the call gave"
  let chosen = if sum(two.read.b) > 5 then one else two
  expect norm(chosen - two) == 0, "a choice between them"
  let x = values[in](1.0, 2.0)
  one = two
  expect all(one(x) == two(x)), "an assignment"
  let far = zip((a, b) => max(abs(a - b)), one, two)
  expect norm(far) == 0, "leaf by leaf"
}
