// RUN: plexus run %s
// A guard of an axis goes down through the functions that are called with the axis; sorts and sums keep to it.
use nn
axis t = 6, row = 2, seq = 5, batch = 3

fn centred[k](x: [k]) -> [k] { x - mean[k](x) }
fn doubled[k](x: [k]) -> [k] { 2 * centred[k](x) }
fn average[k](x: [k]) -> [] { sum[k](x) / sum[k](ones[k]) }
fn through[k](x: [k]) -> [] { average[k](x) }
fn through_packs[k...](x: [k...]) -> [] { var[k...](x) }
fn squares[k](x: [k]) -> [] { ones[k] @[k] (x * x) + ones[k] @[k] ones[k] }

experiment e() {
  let len = values[batch](2, 0, 5)
  let x = real(seq + 1)[+batch]
  print(doubled[seq where seq < len](x))
  print(through[seq where seq < len else 0](x))
  print(through_packs[seq where seq < len else 0](x))
  print(squares[seq where seq < len](x))
  print(grad((x: [seq, batch]) => sum(through[seq where seq < len else 0](x) ^ 2))(x))

  let y = values[row, t](5, 1, 4, 2, 9, 0, 7, 7, 7, 3, 3, 1)
  let keep = values[row, t](true, false, true, true, true, false, true, true, false, true, false, true)
  print(median[t where keep](y), median[t](y))
  print(quantile[t where keep](y, 1.0), quantile[t where keep](y, 0.5), quantile[t](y, 0.25))
  print(sort[t where keep](y))
  print(argsort[t where keep](y))
  print(cumsum[t where keep](y))
}
