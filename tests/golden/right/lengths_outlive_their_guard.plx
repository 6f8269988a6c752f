// RUN: plexus run %s
// Loops are shortened by what a guard compares, which must be there as long as the guard is, though the guard itself is
// stored and read.
fn counted[row, cell, kind](x: [row, cell], w: [row], y: [kind, cell]) -> [row] {
  let len = int(exp(w) * sin(w + 1) * 10)
  let first = sum[cell where cell < len](x)
  let second = sum[cell where cell < len](exp(x) * (((x * first) @[cell] y) @[kind] y))
  let third = sum[cell where cell < len](exp(x - max[kind]((x * second) @[cell] y)))
  first + second + third
}
fn masked[row, cell, kind](x: [row, cell], w: [row], y: [kind, cell]) -> [row] {
  let here = real(cell < int(exp(w) * sin(w + 1) * 10)[+cell])
  let first = sum[cell](x * here)
  let second = sum[cell](here * exp(x) * (((x * first) @[cell] y) @[kind] y))
  let third = sum[cell](here * exp(x - max[kind]((x * second) @[cell] y)))
  first + second + third
}
experiment e() {
  axis row = 300, cell = 300, kind = 40
  let x = uniform[row, cell] - 0.5
  let w = normal[row]
  let y = uniform[kind, cell] - 0.5
  let a = counted[row, cell, kind](x, w, y)
  let b = masked[row, cell, kind](x, w, y)
  expect all(abs(a - b) <= 1e-3 * (1 + abs(b))), "lengths are there to the end"
}
