// RUN: plexus check %s
use nn
fn f[n, k](x: [n]) -> [n] { softmax[k](x) }
