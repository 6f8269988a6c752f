// RUN: plexus check %s
// What takes the place of a part is called with its axes: with others a model of equal sizes would be another one.
use nn
axis a = 3, b = 3, seq = 5
block Net[p, q](x: [p]) -> [q] { x |> Linear[p -> q] as read }
block Sums[s, m, n](x: [s, m]) -> [s, n] { x |> Linear[m -> n] as lin |> cumsum[s] }
block Deep[n](x: [n]) -> [n] {
  axis layer = 2
  var h = x
  repeat l in layer { h = h |> Linear[n -> n] as mix }
  h
}
experiment e() {
  let net = Net[a, b]
  let crossed = net with (read: Linear[b -> a] as crossed)
  let more = net with (read: Sums[seq, a, b])
  let deep = Deep[a]
  let once = deep with (l.mix: Linear[a -> a] as once)
  print(crossed(ones[a]), more(ones[a]), once(ones[a]))
}
