// RUN: plexus check %s
use nn
block Level[h, c, depth: int](x: [c, h]) -> [c, h] {
  if depth == 0 {
    x
  } else {
    require #h mod 2 == 0
    axis half = #h div 2
    let low = x |> mean_pool[h, half] |> Level[half, c, depth - 1] as inner
    x + low[half: h div 2]
  }
}
block Net[h, c](x: [c, h]) -> [c, h] {
  require #h mod 4 == 0
  x |> Level[h, c, 2]
}
block Bad[h, c](x: [c, h]) -> [c, h] {
  require #h mod 4 == 0
  x |> Level[h, c, 3]
}
experiment main() {
  axis h = 12, k = 6, c = 2
  let n = Net[h, c]
  print(n(ones[c, h]))
  let b = Bad[h, c]
  print(b(ones[c, h]))
}
