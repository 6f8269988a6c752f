// RUN: plexus check %s
fn f[n](x: [n]) -> [n] {
  require #n >= 2
  axis even = (#n div 2) * 2
  x[n -> even][even -> n]
}
