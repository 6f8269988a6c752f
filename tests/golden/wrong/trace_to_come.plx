// RUN: plexus check %s
use nn
axis n = 4
experiment e() {
  let net = Linear[n -> n]
  let t = trace net(ones[n])
  print(t.result)
}
