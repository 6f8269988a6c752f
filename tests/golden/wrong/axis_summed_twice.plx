// RUN: plexus check %s
fn f[n](x: [n]) -> [] { sum[n, n](x) }
