// RUN: plexus check %s
fn sub(a: [], b: []) -> [] { a - b }
fn f(x: []) -> [] { sub(x) }
