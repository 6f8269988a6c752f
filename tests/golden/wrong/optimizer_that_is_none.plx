// RUN: plexus check %s
use nn
use optim
axis n = 4, c = 2, batch = 8

experiment e() {
  var net = Linear[n -> c]
  minimize mean(net(ones[n]) ^ 2) over net using gelu
}
