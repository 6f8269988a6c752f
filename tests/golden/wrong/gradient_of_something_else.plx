// RUN: plexus check %s
use optim
axis a = 3, b = 2
experiment main() {
  var w = ones[a]
  var opt = sgd(lr: 0.5)
  w = opt(w, ones[b])
  w = opt(w)
}
