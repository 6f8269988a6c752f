// RUN: plexus check %s
fn f[n](x: [n]) -> [n] { x + normal[n] }
