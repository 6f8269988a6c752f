// RUN: plexus run %s
// What one training step changed is no early loss of the next: each network's value is its own.
use nn
use optim
axis in = 2, out = 1, batch = 4

experiment rivals() {
  var maker = Linear[in -> in]
  var judge = Linear[in -> out]
  var opt = sgd(lr: 0.1)
  let z: f32[batch, in] = normal[batch, in]
  let real_ones: f32[batch, in] = normal[batch, in] + 3
  for turn in 0..60 {
    minimize mean[batch, out](softplus(judge(maker(z)))) + mean[batch, out](softplus(-judge(real_ones))) over judge using opt
    minimize mean[batch, out](softplus(-judge(maker(z)))) over maker using opt
    minimize mean[batch, out](judge(maker(z)) ^ 2) over judge except judge.b using sgd(lr: 0.01)
  }
  expect mean[batch, out](judge(real_ones)) > mean[batch, out](judge(z)), "the judge tells them apart"
}
