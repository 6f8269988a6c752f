// RUN: plexus check %s
fn f[n, t](x: [n]) -> [n] { cumsum[t](x) }
