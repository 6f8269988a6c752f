// RUN: plexus check %s
use nn
block Mixed[seq, model, head = 4, key = 16, value = 16](x: [seq, model]) -> [seq, seq', head] {
  let q = x |> Linear[model -> head, key]
  let k = x[seq -> seq'] |> Linear[model -> head, value]
  q @[key] k
}
