// RUN: plexus check %s
use nn
fn f[n](x: [n]) -> [n] { gelu[n: 0](x) }
