// RUN: plexus run %s
use nn
axis pixel = 4, class = 2
block Net(x: [pixel]) -> [class] { x |> Linear[pixel -> class] as read }
experiment e() {
  axis batch = 3
  let y = Net(ones[batch, pixel])
  expect sum[batch, class](y * 0 + 1) == 6, "a block sees the axes of its file"
}
