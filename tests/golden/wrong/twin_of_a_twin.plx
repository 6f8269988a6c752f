// RUN: plexus check %s
axis s = 4
fn g(x: [s, s']) -> [s, s''] { x[s' -> s''] }
