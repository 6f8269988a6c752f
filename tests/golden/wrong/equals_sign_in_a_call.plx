// RUN: plexus check %s
use nn

axis model = 12, seq = 5

block Layer(x: [seq, model]) -> [seq, model] {
  x |> Attention[seq, model, head = 3, key = 4, causal: false]
}
