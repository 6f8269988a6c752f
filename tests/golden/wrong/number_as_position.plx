// RUN: plexus check %s
fn f[n](table: [n], i: int) -> [] { table[n: i] }
