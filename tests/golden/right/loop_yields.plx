// RUN: plexus run %s
axis time = 4
fn running(x: [time]) -> [time] {
  var s = 0.0
  for t in time {
    s = s + x[time: t]
    yield s
  }
}
experiment e() {
  let y = running(real(time))
  print(y)
  expect all(y == values[time](0, 1, 3, 6)), "a loop over an axis stacks what it yields"
  expect all(y == cumsum[time](real(time))), "as cumsum does"
  let g = grad((x: [time]) => sum[time](running(x)))(real(time))
  expect all(g == values[time](4, 3, 2, 1)), "and is differentiated"
}
