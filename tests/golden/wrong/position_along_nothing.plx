// RUN: plexus test %s
// An axis that the data left without positions has none to give.
axis n = 4, k = 2
fn best[row](x: [row]) -> [] { x[row: argmax[row](x)] }
test "where nothing is asked for" {
  axis row
  filter[n -> row](real(n) > 9)
  let x = real(n)[n: row]
  expect #row == 0 and sum[row](x[row: clamp(row + 1)]) == 0, "each has a neighbour"
  expect (if #row == 0 then -1 else best[row](x)) == -1, "the other side"
}
test "an arg-reduction" {
  axis row
  filter[n -> row](real(n) > 9)
  print(best[row](real(n)[n: row]))
}
test "of segments" {
  axis row
  filter[n -> row](real(n) > 9)
  print(argmin[row -> k: k(int(row) mod 2) else 0](real(n)[n: row]))
}
test "by a rule" {
  axis row
  filter[n -> row](real(n) > 9)
  print(real(n)[n: row][row: clamp(k)], real(n)[n: row][row: wrap(3)])
}
test "a draw" {
  axis row
  filter[n -> row](real(n) > 9)
  print(pick[k -> row], categorical[row](real(n)[n: row]))
}
