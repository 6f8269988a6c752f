// RUN: plexus run %s all
// An axis that a header makes for itself is each instance's own: as a type, a block fits them all; they average; their
// functions compute in their width.
use nn
axis x = 2, class = 3

block MLP[in -> out, hidden = 4](v: [in]) -> [out] {
  v |> Linear[in -> hidden] as lift |> tanh |> Linear[hidden -> out] as read
}
block Chain[in -> out, widths: int...](v: [in]) -> [out] {
  if #widths == 0 then v |> Linear[in -> out] as last else {
    axis wide = widths.first
    v |> Linear[in -> wide] as step |> relu |> Chain[wide -> out, widths.rest] as rest
  }
}
fn applied(net: MLP[x -> class], v: [x]) -> [class] { net(v) }

experiment all() {
  let a = MLP[x -> class]
  let b = MLP[x -> class]
  let both = 0.5 * a + 0.5 * b
  let g = grad((m: MLP[x -> class]) => sum(m(ones[x]) ^ 2))(both)
  expect norm(g) > 0, "the gradient has the axes of the instance"
  expect norm(applied(both, ones[x]) - both(ones[x])) == 0, "in the width of the parameters"
  print(applied(both, ones[x]))
  print(count(Chain[x -> class, 8, 5]))
}
