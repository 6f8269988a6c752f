// RUN: plexus run %s
// A learning rate is trained through the steps that it takes (a net that learns to learn): a number is a parameter like
// any other, and stays a number, whose width is that of what it meets.
use nn
use optim
axis task = 2, shot = 3
fn stepped[shot](net: Linear[shot ->], x: [shot], rate: []) -> Linear[shot ->] {
  var n = net
  for s in 0..3 { n = n - rate * grad((m: Linear[shot ->]) => (m(x) - 1)^2)(n) }
  n
}
fn missed[shot](net: Linear[shot ->], x: [shot], rate: []) -> [] { (stepped[shot](net, x, rate)(x) - 1)^2 }
experiment e() {
  // by hand: each step leaves (1 - 2 rate (x.x + 1)) of the error, 1 at first
  let x = values[shot](0.5, -1.0, 0.5)
  var start = Linear[shot ->]
  start.w = 0
  var rate = 0.05
  var opt = sgd(lr: 0.01)
  for turn in 0..2 {
    let left = 1 - 5 * rate
    let slope = 6 * left^5 * (-5)
    let before = rate
    let loss = minimize missed[shot](start, x, rate) over rate using opt
    expect abs(loss - left^6) < 1e-6, "three steps"
    expect abs(rate - (before - 0.01 * slope)) < 1e-6, "the slope of the rate"
  }
  let xs = normal[task, shot]
  let both = minimize mean[task](missed[shot](start, xs, rate)) over (start, rate) using opt
  print(both > 0)
}
