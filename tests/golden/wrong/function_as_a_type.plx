// RUN: plexus check %s
axis n = 4
fn applied(f: fn([n]) -> [n], x: [n]) -> [n] { f(x) }
