// RUN: plexus build %s step -o %t/step.so
use nn
use optim
axis pixel = 4
experiment step[batch](net, x: [batch, pixel]) {
  var m = net
  minimize mean(m(x) * m(x)) over m using sgd(lr: 0.1)
}
