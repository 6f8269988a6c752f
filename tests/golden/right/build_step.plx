// RUN: plexus build %s step -o %t/step.so --set lr=0.2 && cat %t/step.h
// A training step with open sizes: what its header says.
use nn
use optim
axis pixel = 4, half = #pixel / 2
axis seq
experiment step[batch](x: [batch, seq, pixel], y: half[batch], lr: real = 0.1, keep: bool) {
  require #seq >= 3, "windows of three"
  var net = Linear[pixel -> half]
  var calls = 0
  calls = calls + 1
  let use = if keep then mean[seq](net(x)) else mean[seq](net(x)) * 0.5
  let loss = minimize mean[batch](cross_entropy[half](mean[seq](net(x)), y)) over net using adamw(lr: lr)
  (loss: loss, guess: argmax[half](use))
}
