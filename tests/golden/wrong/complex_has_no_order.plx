// RUN: plexus check %s
axis n = 3
fn f(z: c64[n]) -> bool[n] { z < 2 * z }
fn g(z: c64[n]) -> c64[n] { max(z, 0) }
fn h(z: c64[n]) -> c64[] { max[n](z) }
fn s(z: c64[n]) -> i64[n] { int(argsort[n](z)) }
