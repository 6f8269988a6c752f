// RUN: plexus check %s
axis model = 8
fn f(x: [model]) -> [model] {
  let model = 3
  x[model: model - 1 else 0]
}
fn g(x: [model]) -> [model] {
  let f = x * 2
  f(f)
}
