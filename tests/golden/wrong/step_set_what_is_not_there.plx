// RUN: plexus build %s step -o %t/step.so --set rate=1
use nn
use optim
axis pixel = 4
experiment step[batch](x: [batch, pixel], lr: real = 0.1) {
  var net = Linear[pixel -> 2]
  minimize mean(net(x) * net(x)) over net using sgd(lr: lr)
}
