// RUN: plexus run %s
axis class = 3, n = 2
experiment e() {
  let scores = real(class * (1 - n) - class * n)
  let best = argmax[class](scores)
  expect all(int(best) == values[n](2, 0)), "the largest of each"
  let y = one_hot[class](best)
  print(y)
  expect sum[n, class](y * real(class)) == 2, "one each"
}
