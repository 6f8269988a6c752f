// A run with all that a resumed one must go through again: loops in loops, experiments that call experiments, `while`
// and `if` on computed numbers, several optimizers, files saved and loaded on the way, sizes from values, draws.
use nn
use optim

axis feature = 3

block Net[in, hidden = 8](x: [in]) -> [] {
  param scale: [] = ones
  scale * (x |> Linear[in -> hidden] as lift |> tanh |> Linear[hidden -> in] as back |> sum[in])
}

experiment fitted[n, batch](net, x, y, steps: int) {
  var m = net
  var opt = adamw(lr: 0.01)
  for b in batches[n -> batch]((x: x, y: y), steps: steps) {
    let loss = minimize mean[batch]((m(b.x) - b.y) ^ 2) over m using opt
    log(loss: loss)
    if loss < 0.05 { opt.lr = 0.001 }
  }
  m
}

experiment walk(rounds: int = 3, steps: int = 60) {
  axis sample = 64, batch = 8, fit, held, row
  let read: (x: i64[row]) = load("data/x.csv")
  let x: f32[sample, feature] = normal[sample, feature]
  let y = sin(sum[feature](x))
  let (train, rest) = split[sample -> fit, held]((x: x, y: y), at: 0.75)
  print("rounds", rounds, sum[row](read.x))
  var best = 1000.0
  var net = Net[feature]
  for round in 0..rounds {
    net = fitted[fit, batch](net, train.x, train.y, steps)
    let error = mean[held]((net(rest.x) - rest.y) ^ 2)
    if error < best {
      best = error
      save(net, "best.safetensors")
      save((x: rest.x, error: error), "best.npz")
    }
    var width = 2
    var worth = 1.0
    while worth > 0.2 and width < 7 {
      axis hidden = width
      var small = Net[feature, hidden]
      var opt = sgd(lr: 0.02, momentum: 0.5)
      var rates = 0.02
      for turn in 0..30 {
        opt.lr = rates
        let loss = minimize mean[fit]((small(train.x) - train.y) ^ 2) over small.lift using opt
        minimize mean[fit]((small(train.x) - train.y) ^ 2) over small except small.lift using sgd(lr: 0.01)
        rates = rates * 0.98
        worth = loss
        log(width: width, small: loss)
      }
      width = width + 1
    }
    let kept: Net[feature] = load("best.safetensors")
    print(round, width, worth, mean[held](abs(kept(rest.x) - rest.y)))
    expect norm(kept) > 0, "the best network is at hand"
  }
  axis again
  let stored: (x: f32[again, feature], error: f32[]) = load("best.npz")
  expect stored.error == best, "the best error is the stored one"
  expect best < 0.4, "something is learnt"
  save(net, "last.safetensors")
}
