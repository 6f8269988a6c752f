// RUN: plexus run %s
// Bare axis names may be compared and joined in one expression; so a glider is drawn, and goes round in 24 steps.
axis row = 6, col = 6
fn life[row, col](x: bool[row, col]) -> bool[row, col] {
  axis dr = 3, dc = 3
  let near = x[row: wrap(row + dr - 1), col: wrap(col + dc - 1)]
  let n = count_true[dr, dc](near) - int(x)
  n == 3 or (x and n == 2)
}
experiment e() {
  var x = row == 0 and col == 1 or row == 1 and col == 2 or row == 2 and col <= 2
  let first = x
  for s in 0..24 { x = life[row, col](x) }
  expect count_true[row, col](x) == 5 and all(x == first), "a glider goes round"
}
