// RUN: plexus check %s
block B[n](x: [n]) -> [] {
  minimize sum(x) over x using sgd
}
