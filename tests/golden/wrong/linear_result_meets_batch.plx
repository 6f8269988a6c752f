// RUN: plexus check %s
use nn
axis batch = 32, pixel = 64
block Net(x: [batch, pixel]) -> [batch] {
  x |> Linear[pixel -> batch] as read
}
