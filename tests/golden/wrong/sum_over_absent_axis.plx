// RUN: plexus check %s
fn f[n, k](x: [n]) -> [n] { sum[k](x) }
