// RUN: plexus check %s
use nn
axis in = 2, out = 1, other = 2
block Net[a -> b, hidden = 4](x: [a]) -> [b] {
  x |> Linear[a -> hidden] as lift |> tanh |> Linear[hidden -> b] as read
}
experiment e() {
  let one = Net[in -> out]
  let wide = Net[in -> out, hidden: 6]
  let far = Net[other -> out]
  print(norm(one - wide))
  print(norm(one - far))
}
