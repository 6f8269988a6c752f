// RUN: plexus run %s
// Half the length at each level, by static recursion: what it asks of its sizes goes by the depth given.
use nn
block Level[h, c, depth: int](x: [c, h]) -> [c, h] {
  if depth == 0 {
    x |> Conv1d[h, c -> c] as flat |> gelu
  } else {
    require #h mod 2 == 0
    axis half = #h div 2
    let low = x |> mean_pool[h, half] |> Level[half, c, depth - 1] as inner
    let up = low[half: h div 2]
    x + (up |> Conv1d[h, c -> c] as conv |> gelu)
  }
}
experiment main() {
  axis h = 16, c = 3, batch = 2
  let net = Level[h, c, 3]
  let x = normal[batch, c, h]
  expect count(net) == 120 and max(abs(net(x))) > 0, "four convolutions, and three on the way up less one"
}
