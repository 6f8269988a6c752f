// RUN: plexus check %s
fn f[n](table: [n], x: []) -> [] { table[n: x] }
