// RUN: plexus run %s
fn f(x: []) -> [] { f(x - 1) }
experiment e() { print(f(3.0)) }
