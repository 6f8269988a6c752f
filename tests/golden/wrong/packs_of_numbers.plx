// RUN: plexus check %s
use nn
axis pixel = 4, class = 3
block NoEnd[in -> out, widths: int...](x: [in]) -> [out] {
  axis hidden = widths.first
  x |> Linear[in -> hidden] as here |> NoEnd[hidden -> out, widths: widths.rest] as deeper
}
block Two[in -> out, widths: int...](x: [in]) -> [out] {
  require #widths >= 2, "two widths at least"
  axis a = widths.first, b = widths.rest.first
  x |> Linear[in -> a] as one |> Linear[a -> b] as two |> Linear[b -> out] as three
}
block Wide[in -> out, widths: int...](x: [in]) -> [out] {
  if #widths == 0 then x |> Linear[in -> out] as last else {
    axis hidden = widths.first
    require #hidden >= 4, "no bottleneck"
    x |> Linear[in -> hidden] as here |> Wide[hidden -> out, widths: widths.rest] as deeper
  }
}
fn odd[widths: real...](x: []) -> [] { 0 }
experiment e() {
  let a = NoEnd[pixel -> class, 3, 4]
  print(Two[pixel -> class, 5](ones[pixel]))
  print(Two[pixel -> class, 5, 6](ones[pixel]) as right)
  print(Wide[pixel -> class, 5, 3](ones[pixel]))
  print(Two[pixel -> class, 5, 0](ones[pixel]) as zero)
  print(Two[pixel -> class, widths: 2.5](ones[pixel]))
  print(Two[pixel -> class, widths: "wide"](ones[pixel]))
}
