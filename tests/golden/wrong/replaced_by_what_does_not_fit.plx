// RUN: plexus check %s
// A model with something replaced has another body: a call of it is looked into.
use nn
axis a = 3, b = 2
block Net(x: [a]) -> [b] {
  x |> Linear[a -> a] as lift |> relu |> Linear[a -> b] as read
}
experiment e() {
  let net = Net[]
  let value = net with (lift: zeros[b])
  let changed = net with (lift: (v) => v @[b] zeros[a, b])
  print(value(ones[a]))
  print(changed(ones[a]))
}
