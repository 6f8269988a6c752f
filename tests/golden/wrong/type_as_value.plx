// RUN: plexus check %s
type Pair = (a: [], b: [])
fn f(x: []) -> [] { x + Pair }
