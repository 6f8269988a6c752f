// RUN: plexus check %s
use nn
fn f(x: []) -> [] { nn.gelo(x) }
