// RUN: plexus check %s
fn f[n(x: [n]) -> [] { sum[n](x) }
fn g[k](x: [k]) -> [] { f[k](x) + f[k](2 * x) + lost(x) }
