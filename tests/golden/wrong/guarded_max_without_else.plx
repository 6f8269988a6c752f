// RUN: plexus check %s
fn f[n](x: [n], len: int) -> [] { max[n where n < len](x) }
