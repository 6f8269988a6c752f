// RUN: plexus run %s
axis n = 10
experiment e() {
  axis fit, held, batch = 3
  let (a, b) = split[n -> fit, held](real(n), at: 7, seed: 1)
  expect #fit == 7 and #held == 3, "a count"
  expect sum[fit](a) + sum[held](b) == 45, "all are there"
  var turns = 0
  var total = 0.0
  for x in batches[fit -> batch](a) {
    turns = turns + 1
    total = total + sum[batch](x)
  }
  expect turns == 2, "the short last one is dropped"
  for x in batches[fit -> batch](a, steps: 5) { turns = turns + 1 }
  expect turns == 7, "steps run on over passes"
}
