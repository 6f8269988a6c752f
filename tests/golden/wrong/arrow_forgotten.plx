// RUN: plexus check %s
use nn
block B[a, b](x: [a]) -> [b] { x |> Linear[a, b] as read }
