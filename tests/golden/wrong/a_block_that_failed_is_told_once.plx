// RUN: plexus check %s
// What is made of a block that is wrong is wrong, too, and was said.
use nn
use optim
axis h = 4, i = 3
type State = (h: [h], c: [h])
block Cell[i, h](s: State, x: [i]) -> State {
  let z = x |> Linear[i -> h] as wx
  let r = s.h |> Linear[h -> h] as wh
  (h: tanh(z + r), c: s.c)
}
block Rnn[time, i](x: [time, i]) -> [time, h] {
  let cell = Cell[i, h]
  var s = (h: zeros[h], c: zeros[h])
  for t in time {
    s = cell(s, x[time: t])
    yield s.h
  }
}
experiment e() {
  axis time = 5
  var net = Rnn[time, i]
  let x = normal[time, i]
  var s = net.cell((h: zeros[h], c: zeros[h]), x[time: 0])
  minimize mean(net(x)^2) over net using sgd()
}
