// RUN: plexus run %s
use nn
axis seq = 3, src = 5, model = 4
experiment e() {
  let cross = CrossAttention[seq, src, model, 2, 2]
  let y = cross(ones[seq, model], normal[src, model])
  expect all(max(abs(y[seq: 0] - y[seq: 2])) < 1e-6), "equal questions get equal answers"
  let twice = Residual[relu](ones[model])
  expect all(twice == 2), "x + f(x)"
}
