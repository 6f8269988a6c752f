// RUN: plexus check %s
use nn
axis a = 3, b = 2
fn apply(net: Linear[a -> b], x: [a]) -> [b] { net(x) }
block Two(net: Linear[a -> b], x: [a]) -> [b] { 2 * net(x) }
experiment main() {
  let net = Linear[a -> b]
  let w = ones[a]
  print(apply(net, w) - net(w))
  let other = Linear[a -> a] as o
  print((Two[])(net, w))
  print(apply(other, w))
}
