// RUN: plexus check %s
// A block alone is no instance; and other things that a person tries on what they have.
use nn
use optim
axis a = 3, n = 4
block Net(x: [a]) -> [a] { x |> Linear[a -> a] as one }
experiment e() {
  var net = Net
  var opt = sgd(lr: 0.1)
  let x = ones[n, a]
  minimize mse(net(x), x) over net using opt
  print(net.one)
  print(x.shape)
  print(x.sum())
  print(mean(x > 0))
}
