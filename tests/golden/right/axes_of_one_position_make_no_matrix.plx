// RUN: plexus dump %s 'Each[h: 32, w: 32, c: 8]' --after schedule | grep -c product; "$PLEXUS" dump %s 'Both[h: 32, w: 32, c: 8]' --after schedule | grep -c "copy(in"; true
// A convolution of each channel by itself sums where it reads: a matrix of one column would need all windows in memory. In
// groups of several it needs them, once.
use nn
block Each[h, w, c](x: [c, h, w]) -> [c, h, w] {
  require #c == 8
  x |> Conv2d[h, w, c -> c, groups: 8]
}
block Both[h, w, c](x: [c, h, w]) -> [c, h, w] {
  require #c == 8
  x |> Conv2d[h, w, c -> c, groups: 2]
}
