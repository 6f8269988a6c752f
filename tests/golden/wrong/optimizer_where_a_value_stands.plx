// RUN: plexus check %s
use optim
axis n = 4
block Net(x: [n]) -> [] {
  param w: [n] = ones
  x @[n] w
}
experiment clipped() {
  var net = Net[]
  minimize net(ones[n]) over net using clip(adam(), norm: 1)
}
experiment misspelled() {
  var net = Net[]
  minimize net(ones[n]) over nett using adam()
}
