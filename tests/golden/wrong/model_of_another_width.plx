// RUN: plexus check %s
use nn
axis x = 2, class = 3

block MLP[in -> out, hidden = 16](v: [in]) -> [out] {
  v |> Linear[in -> hidden] as lift |> tanh |> Linear[hidden -> out] as read
}
fn applied(net: MLP[x -> class], v: [x]) -> [class] { net(v) }

experiment e() {
  print(applied(MLP[x -> class, hidden: 8], ones[x]))
}
