// RUN: plexus run %s
// What depends on `training` can be looked at as it is while training.
use nn
axis a = 1000
block Half(x: [a]) -> [a] { x |> Dropout(rate: 0.5) }
experiment e() {
  let net = Half[]
  let x: f32[a] = ones[a]
  expect sum(net(x)) == 1000, "nothing is dropped"
  let kept = train(net(x))
  expect abs(mean[a](real(kept == 0)) - 0.5) < 0.05 and max(kept) == 2, "half is dropped, the rest is doubled"
  let y = net(x) + train(net(2 * x))
  expect min(y) == 1 and max(y) == 5, "only its argument trains"
}
