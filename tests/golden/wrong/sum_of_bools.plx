// RUN: plexus check %s
fn f[n](c: bool[n]) -> [] { sum[n](c) }
