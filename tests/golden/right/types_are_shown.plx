// RUN: plexus check --types %s
use nn
axis batch = 4, pixel = 8
block Net[hidden = 3](x: [pixel]) -> [hidden] {
  let h = x |> Linear[pixel -> hidden]
  h |> relu
}
fn windows[n, k = 2](x: [n]) -> [n, k] {
  let w = x[n: n + k else 0]
  w
}
