// RUN: plexus run %s
// A batch whose axis has a bound is as long as what is left of the pass: nothing is dropped.
use nn
use optim
experiment e() {
  axis sample = 10, batch <= 4, whole = 4, over <= 16
  let x = real(sample)
  var seen = 0.0
  var rows = 0
  for b in batches[sample -> batch]((x: x, at: sample), shuffle: false) {
    print(#batch, b.at, mean[batch](b.x))
    seen += sum[batch](b.x)
    rows += #batch
  }
  expect seen == 45 and rows == 10, "every row is in one batch"
  var least = 0.0
  for b in batches[sample -> batch]((x: x), steps: 6) { least += sum[batch](b.x) }
  expect least == 90, "in each of two passes"
  var full = 0
  for b in batches[sample -> whole]((x: x)) { full += #whole }
  expect full == 8, "an axis of fixed size drops the short last one"
  for b in batches[sample -> over]((x: x)) { print(#over, sum[over](b.x)) }
  var slope = 0.0
  for b in batches[sample -> batch]((x: x), steps: 300) {
    minimize mean[batch]((slope * b.x - 3 * b.x) ^ 2) over slope using sgd(lr: 0.01)
  }
  expect abs(slope - 3) < 1e-3, "the mean of a batch is over what is there"
}
