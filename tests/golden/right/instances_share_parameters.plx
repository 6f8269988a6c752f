// RUN: plexus run %s
use nn
axis a = 2, b = 2
experiment e() {
  let net = Linear[a -> b]
  let x = real(a + 1)
  expect all(net(x) == net(x)), "one instance has one set of parameters"
  let other = Linear[a -> b]
  expect any(net(x) != other(x)), "another draws its own"
}
