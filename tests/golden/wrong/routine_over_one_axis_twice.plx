// RUN: plexus check %s
// Each letter of a routine is an axis of its own.
axis n = 3
fn a(a: [n, n'], b: [n]) -> [n] { lapack_solve[n, n](a, b) }
fn b(a: [n, n']) -> [] { sum(lapack_svd[n, n', n](a).0) }
