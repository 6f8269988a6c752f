// RUN: plexus check %s
use nn
axis pixel = 64, class = 10
block Net(x: [pixel]) -> [class] {
  x |> Linear[class -> pixel] as back |> Linear[pixel -> class] as read
}
