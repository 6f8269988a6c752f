// RUN: plexus run %s --precision f64
// An empty pack in a tensor's bracket names no axis: `x[+p...]` is x, `x[(p...) -> m]` makes an axis of one position, and
// `x[m -> (p...)]` takes it away.
axis row = 3, one = 1, two = 2, four = 4

fn spread[k, p...](x: [k, p...], y: [k]) -> [k, p...] { y[+p...] * x }
fn merged[k, m, p...](x: [k, p...]) -> [k, m] {
  require #m == #p
  2 * x[(p...) -> m]
}
fn parted[k, m, p...](x: [k, m]) -> [k, p...] {
  require #m == #p
  2 * x[m -> (p...)]
}

experiment e() {
  let x: f64[row] = real(row)
  print(spread[row](x, x), spread[row, two](x[+two], x))
  print(merged[row, one](x), merged[row, four, two, two'](x[+two, +two']))
  print(parted[row, one](x[+one]), parted[row, four, two, two'](x[+four]))
  print(grad((v: [row]) => sum(merged[row, one](v)^2))(x), grad((v: [row, one]) => sum(parted[row, one](v)^2))(x[+one]))
}
