// RUN: plexus check %s
axis k = 3
fn table(x: []) -> [k] { x * real(k) }
fn f[k](x: [k]) -> [] { sum[k](x) + sum[k](table(1.0)) }
