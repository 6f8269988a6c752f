// RUN: plexus run %s
axis k = 4
experiment e() {
  let x = values[k](1.0, 2.0, 3.0, 6.0)
  expect mean[k](x) == 3 and mean(x) == 3, "mean"
  expect var[k](x) == 3.5, "variance: (4 + 1 + 0 + 9) / 4"
  expect all(abs(std[k](x) - 1.8708287) < 1e-6), "its root"
  expect all(abs(norm[k](x) - 7.0710678) < 1e-6), "norm: sqrt 50"
  expect all(abs(logsumexp[k](x) - 6.0721727) < 1e-5), "logsumexp"
  expect all(logsumexp[k](x + 1000) < 1007), "which does not overflow"
  expect abs(logsumexp[k](ones[k] * -inf)) == inf, "of nothing it is -inf"
  expect all(count_true[k](x > 1) == 3), "count_true"
  expect all(relu(x - 2) == values[k](0, 0, 1, 4)), "relu"
  expect all(clamp(x, 2, 3) == values[k](2, 2, 3, 3)), "clamp"
  expect all(linspace[k](0, 3) == values[k](0, 1, 2, 3)), "linspace"
  expect all(cumprod[k](x) == values[k](1, 2, 6, 36)), "cumprod"
  expect all(cummax[k](reverse[k](x)) == 6), "cummax"
  axis i = 2, j = 3
  expect sum[i, j](eye[i, j]()) == 2, "eye"
  expect all(int(argsort[k](-x)) == values[k](3, 2, 1, 0)), "argsort"
}
