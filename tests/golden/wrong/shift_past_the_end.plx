// RUN: plexus check %s
fn f[t](x: [t]) -> [t] { x[t: t + 1] - x }
