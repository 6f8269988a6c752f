// RUN: plexus build %s step -o %t/step.so
use nn
use optim
axis pixel = 4
experiment step[batch](x: [batch, pixel]) {
  var net = Linear[pixel -> 2]
  let loss = minimize mean(net(x) * net(x)) over net using sgd(lr: 0.1)
  log(loss: loss)
}
