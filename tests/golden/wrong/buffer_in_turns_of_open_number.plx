// RUN: plexus build %s moved -o %t/x.ll
// In C the number of turns is open, and the `repeat` a loop: a buffer of its turns is not written.
axis n = 3

block Count[n, depth](x: [n]) -> [n] {
  var y = x
  repeat layer in depth {
    buffer calls: [n] = zeros
    y = tanh(y + calls)
    calls = calls + 1
  }
  y
}

experiment moved[depth](x: [n]) {
  var net = Count[n, depth]
  let t = trace net(x)
  net = t.after
  t.result
}
