// RUN: plexus check %s
axis digit = 10
fn f[n](x: digit[n]) -> digit[n] { x + 1 }
