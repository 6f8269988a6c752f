// RUN: plexus check %s
// The loss depends on the net by its weights' size, so that something trains; the error is not in it all the same.
use nn
use optim
axis batch = 4, a = 2
experiment main() {
  let x = normal[batch, a] as x
  let y = normal[batch, a] as y
  var net = Linear[a -> a]
  var opt = sgd()
  let pred = net(x)
  let both = (pred: pred, seen: x)
  minimize mse(pred, y) over net using opt
  minimize mse(pred, y) + sum(net.w ^ 2) over net using opt
  minimize {
    let far = mse(both.pred, y)
    far + sum(net.w ^ 2)
  } over net using opt
  minimize mse(stop(pred), y) + sum(net.w ^ 2) over net using opt
}
