// RUN: plexus check %s
use nn
use optim
axis n = 4, c = 2, batch = 8

experiment e() {
  for b in batches[n -> batch](ones[c]) { print(b) }
}
