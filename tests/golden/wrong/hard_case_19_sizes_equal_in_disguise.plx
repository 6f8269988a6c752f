// RUN: plexus check %s
fn even[n](x: [n]) -> [n] {
  axis m = 1 + #n - 1
  axis p = (#n div 2) * 2
  x[n -> m][m -> p][p -> n]
}
