// RUN: plexus run %s
// A pack of numbers is used up by static recursion; in an experiment the numbers may come from values.
use nn
axis pixel = 4, class = 3

block Chain[in -> out, widths: int...](x: [in]) -> [out] {
  if #widths == 0 then x |> Linear[in -> out] as last else {
    axis hidden = widths.first
    x |> Linear[in -> hidden] as here |> relu |> Chain[hidden -> out, widths: widths.rest] as deeper
  }
}
block MLP[in -> out, hidden = 128](x: [in]) -> [out] {
  x |> Linear[in -> hidden] as lift |> relu |> Linear[hidden -> out] as read
}
block Deep[k, depth: int = 2](x: [k]) -> [k] {
  if depth == 0 then x else { x |> Linear[k -> k] as here |> Deep[k, depth: depth - 1] as deeper }
}
fn total[of: int...]() -> i64[] { if #of == 0 then 0 else of.first + total[of: of.rest]() }

experiment e() {
  let none = Chain[pixel -> class]
  let one = Chain[pixel -> class, 8]
  let three = Chain[pixel -> class, 8, 5, 7]
  let named = Chain[pixel -> class, widths: (8, 5)]
  print(count(none), count(one), count(three), count(named))
  print(three(ones[pixel]) * 0, total[3, 4, 5]())
  axis layer = 3
  let w = values[layer](8, 5, 7)
  let many = Chain[pixel -> class, widths: w]
  print(count(many))
  for n in 1..4 {
    let net = MLP[pixel -> class, hidden: n]
    let chain = Chain[pixel -> class, n, 2 * n]
    let d = Deep[pixel, depth: n]
    print(count(net), count(chain), count(d))
  }
}
