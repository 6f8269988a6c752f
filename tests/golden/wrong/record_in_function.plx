// RUN: plexus check %s
fn f(s: (h: [], c: [])) -> [] { exp(s.h) + sqrt(s) }
