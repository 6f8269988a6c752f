// RUN: plexus check %s
fn f(x: []) -> (h: [], c: []) { (h: x, d: x) }
