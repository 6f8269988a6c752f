// RUN: plexus check %s
axis n = 4
block Net(x: [n]) -> [] {
  param w: [n] = ones
  param b: [] = zeros
  x @[n] w + b
}
experiment moved() {
  var net = Net[]
  print(norm(grad((q) => q(ones[n]))(net except net.w)))
}
