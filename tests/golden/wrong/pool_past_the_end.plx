// RUN: plexus check %s
fn pool[h, o, k = 2](x: [h]) -> [o] {
  require #o == #h div 2
  max[k](x[h: 2 * o + k + 1])
}
