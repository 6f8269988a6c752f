// RUN: plexus check %s
use nn
axis n = 8, o = 3
fn f(x: [n]) -> [o] { max_pool[n, o](x) }
