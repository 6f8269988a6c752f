// RUN: plexus check %s
use nm
fn f(x: []) -> [] { gelu(x) }
