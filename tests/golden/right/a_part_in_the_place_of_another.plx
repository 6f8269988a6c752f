// RUN: plexus run %s
// Another block may take a part's place, under whatever names its header has; each axis of its own stands for one of the
// old part, also where two are one outside, or where a number in its bracket is another.
use nn
axis a = 3, b = 2, seq = 4
block Net[p, q](x: [p]) -> [q] { x |> Linear[p -> q] as read }
block Big[p, q](x: [p]) -> [q] { x |> Net[p, q] as net }
block Wide[m, n, k = 4](x: [m]) -> [n] { x |> Linear[m -> k] as up |> tanh |> Linear[k -> n] as down }
block Holds[n](x: [n]) -> [n] { x |> Wide[n, n] as mid }
block Mixes[s, n](x: [s, n]) -> [s, n] { x |> Both[s, n] as mix }
block Both[s, n](x: [s, n]) -> [s, n] { cumsum[s](x |> Linear[n -> n] as lin) }
block Deep[n](x: [n]) -> [n] {
  axis layer = 2
  var h = x
  repeat l in layer { h = h |> Linear[n -> n] as mix |> tanh }
  h
}
experiment e() {
  let x = normal[seq, a]
  let one = normal[a] as one
  let wide = Wide[a, b]
  let other = Net[a, b] with (read: wide)
  expect norm(other(x) - wide(x)) == 0, "another block in the place of a part"
  let square = Linear[a -> a]
  let big = Big[a, a]
  let twice = big with (net.read: square)
  expect norm(twice(x) - square(x)) == 0, "two axes that are one outside"
  let whole = big with (net: square)
  expect norm(whole(x) - square(x)) == 0, "the same, a level higher"
  let seven = Wide[a, a, 7] as seven
  let held = Holds[a] with (mid: seven)
  expect norm(held(x) - seven(x)) == 0, "another number in the bracket"
  expect count(held) == count(seven), "its parameters are the model's"
  let deeper = held with (mid.up: Linear[a -> seven.k] as inner)
  expect norm(deeper(one) - seven.down(tanh(deeper.mid.up(one)))[seven.down.outs -> a]) == 0, "a part of what took a part's place"
  let alone = Mixes[seq, a] with (mix: square)
  expect norm(alone(x) - square(x)) == 0, "an axis that it does not speak of passes by"
  let d = Deep[a]
  let d2 = Deep[a] as d2
  expect norm((d with (l.mix: d2.l.mix))(x) - d2(x)) == 0, "parameters of each turn"
}
