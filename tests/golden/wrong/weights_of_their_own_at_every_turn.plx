// RUN: plexus check %s
use nn
block B[time, a](x: [time, a]) -> [time, a] {
  for t in time {
    yield Linear[a -> a](x[time: t])
  }
}
