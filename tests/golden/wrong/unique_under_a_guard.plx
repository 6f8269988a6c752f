// RUN: plexus run %s
// `unique` of what is guarded is not built yet, and says so.
axis t = 4
fn kinds_above[t](x: [t]) -> [] {
  axis kinds <= #t
  sum(unique[t -> kinds](sort[t where x > 0](x)))
}
experiment above() {
  print(kinds_above[t](values[t](3.0, 0, 3, 1)))
}
