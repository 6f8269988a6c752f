// RUN: plexus check %s
use nn
fn f[k, n](x: [k, n]) -> [k, n] { softmax[k, n](x) }
