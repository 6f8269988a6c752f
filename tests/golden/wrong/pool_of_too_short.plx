// RUN: plexus check %s
use nn
axis n = 1, o = 1
fn f(x: [n]) -> [o] { max_pool[n, o](x) }
