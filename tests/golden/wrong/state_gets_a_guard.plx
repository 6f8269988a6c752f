// RUN: plexus build %s late -o %t/late.ll
// What goes from step to step in C keeps one form: it cannot get a guard on the way.
use nn
axis n = 4, src = #n

experiment late(x: [n]) {
  var q = zeros[n, src]
  let r = max[src](-q)
  q = softmax[src where src <= n](x[+src])
  r
}
