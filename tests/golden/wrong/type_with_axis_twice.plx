// RUN: plexus check %s
fn f[n](m: [n, n]) -> [] { sum(m) }
