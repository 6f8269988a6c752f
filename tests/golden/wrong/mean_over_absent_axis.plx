// RUN: plexus check %s
fn f[n, k](x: [n]) -> [] { mean[k](x) }
