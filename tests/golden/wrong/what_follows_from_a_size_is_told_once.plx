// RUN: plexus check %s
fn halves[n](x: [n]) -> [n] {
  axis half = #n / 2, two = 2
  x[n -> (half, two)][(half, two) -> n]
}
