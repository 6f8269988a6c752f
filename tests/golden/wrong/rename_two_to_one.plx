// RUN: plexus check %s
axis i = 3, j = 3
fn f(m: [i, j]) -> [j] { m[i -> j] }
