// RUN: plexus run %s
use nn
use optim
axis n = 4, c = 2, batch = 8

experiment e() {
  let net = Linear[n -> c]
  save(net, "net.npy")
}
