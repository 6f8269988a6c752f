// RUN: plexus check %s
fn f[model, head](x: [model]) -> [model] {
  require #model mod #head == 0, "heads must divide the model"
  x
}
axis model = 10, head = 4
fn g(x: [model]) -> [model] { f[model, head](x) }
