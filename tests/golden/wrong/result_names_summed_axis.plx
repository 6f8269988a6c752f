// RUN: plexus check %s
block Project[in -> out](x: [in]) -> [in, out] {
  param w: [in, out] = zeros
  x @[in] w
}
