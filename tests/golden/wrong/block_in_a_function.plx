// RUN: plexus check %s
use nn
fn f[a, b](x: [a]) -> [b] { x |> Linear[a -> b] }
