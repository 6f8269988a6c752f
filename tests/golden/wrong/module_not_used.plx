// RUN: plexus check %s
fn f(x: []) -> [] { gelu(x) + gelu(x) }
