// RUN: plexus check %s
fn ramp[k](x: []) -> [k] { x * real(k) }
axis k = 3
fn f(x: [k]) -> [k] { ramp[k](x) }
