// RUN: plexus check %s
fn f[n, k](x: [n, k], y: [n]) -> [n] { x @[k] y }
