// RUN: plexus check %s
fn f[h, k](x: [h]) -> [h] { mean[k](x[h: h + k]) }
