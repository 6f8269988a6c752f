// RUN: plexus check %s
use nn
block B[seq, model](x: [seq, model]) -> [seq, model] {
  x |> Attention[seq, model, heads: 4]
}
