// RUN: plexus check %s
// What is stacked has a value for each turn.
fn positive[t](x: [t]) -> [t] {
  for i in t { if x[t: i] > 0 { yield x[t: i] } }
}
fn signs[d]() -> [d] { values[d](1, -1) }
