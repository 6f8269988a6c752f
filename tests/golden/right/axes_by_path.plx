// RUN: plexus test %s
// Axes by path: what a part's header calls so, a pack of one too, and what was made inside.
use nn
block Pair[in -> out](x: [in]) -> [out] {
  axis wide = 2 * #in
  x |> Linear[in -> wide] as up |> tanh |> Linear[wide -> out] as down
}
block Around[in](x: [in]) -> [in] { x |> Pair[in -> in] as inner }

test "paths" {
  axis a = 3, b = 2, time = 4, hidden = 5
  let net = Pair[a -> b]
  print(sum[net.wide](0 * net.up.w + 1), sum[net.up.outs](0 * net.up.w + 1), sum[net.down.ins](0 * net.down.w + 1))
  let lstm = LSTM[time, a -> hidden]
  print(sum[lstm.hidden](lstm.b), sum[lstm.gate](lstm.b))
  let twice = Around[a]
  print(sum[twice.inner.wide](0 * twice.inner.down.b[+twice.inner.wide] + 1))
  axis six = 6
  var other = net
  let w = 0 * real(a + six) + 1
  other.up.w = w[six -> other.wide]
  print(sum[net.wide](other.up.w))
}
