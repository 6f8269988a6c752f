// RUN: plexus check %s
use nn
axis k = 3
experiment main() {
  print(softmax(real(k)))
}
