// RUN: plexus build %s looked -o %t/x.ll
// In C the number of turns is open, and the `repeat` a loop: its turns are not there to look into.
axis n = 3

block Deep[n, depth](x: [n]) -> [n] {
  var y = x
  repeat layer in depth {
    param bias: [n] = normal[n]
    let z = y + bias
    y = tanh(z)
  }
  y
}

experiment looked[depth](x: [n]) {
  let net = Deep[n, depth]
  let t = trace net(x)
  t.layer.z
}
