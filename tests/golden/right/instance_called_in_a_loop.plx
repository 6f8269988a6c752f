// RUN: plexus run %s
// An instance made before a loop, or given, has its parameters in every turn; a lambda's names need not differ from those
// declared further down.
axis a = 2, time = 3
block Cell(x: [a]) -> [a] {
  param w: [a] = full[a](2)
  x * w
}
block Chain(x: [time, a]) -> [time, a] {
  let cell = Cell[]
  var h = zeros[a]
  for t in time {
    h = cell(h + x[time: t])
    yield h
  }
}
experiment main() {
  print((Chain[])(ones[time, a])[a: 0])
  let cell = Cell[]
  let steps = (m) => {
    var h = ones[a]
    for i in 0..3 {
      let g = m(h)
      h = g
    }
    sum(h)
  }
  let g = grad(steps)(cell)
  print(steps(cell), g.w)
}
