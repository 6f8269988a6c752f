// RUN: plexus check %s
fn f[n](x: [n], len: int) -> n[] { argmax[n where n < len](x) }
