// RUN: plexus run %s
use nn
experiment e(most: int = 3) {
  axis a = 2
  var total = 0
  for n in 1..most + 1 {
    axis hidden = n
    let net = Linear[a -> hidden]
    total = total + count(net)
  }
  expect total == 3 + 6 + 9, "a fresh axis each turn"
}
