// RUN: plexus check %s
fn f(a: []) -> [] { fix z = (z + a / z) / 2 from a within 1e-9 at most 50 }
