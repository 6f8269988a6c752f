// RUN: plexus check %s
axis n = 4, m = 3
optimizer summed(lr: real)[a...](p: [a...], g: [a...]) -> [] { sum(p) - lr * sum(g) }
block Net(x: [n]) -> [n] {
  param w: [n] = ones
  w * x
}
fn ruled(x: [n]) -> [] { custom_grad((y: [n]) => sum(y), (y: [n]) => y)(x) }
fn ruled_twice(x: [n]) -> [n] { grad(custom_grad((y: [n]) => sum(y), (y: [n], ct: []) => (y, y)))(x) }
experiment several() {
  var net = Net[]
  expect net.w
  expect 3
  while 1 { print(1) }
  axis k = sum(ones[n])
  let r = trained(net)
  let d = normal[n](0, 1)
  test "inner" { print(1) }
  minimize sum(net(ones[n])) over net using summed(lr: 0.1)
}
experiment trained[k](net, data: [k]) { net }
