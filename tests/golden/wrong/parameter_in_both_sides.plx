// RUN: plexus check %s
// Two sides of a static choice share one namespace of parameters; that is all that is wrong here.
block Scaled[n, wide: bool](x: [n]) -> [n] {
  if wide {
    param k: [n] = ones
    x * k
  } else {
    param k: [] = 1
    x * k
  }
}
