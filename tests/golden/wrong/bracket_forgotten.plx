// RUN: plexus check %s
use nn
fn f[k](x: [k]) -> [k] { softmax(x) }
