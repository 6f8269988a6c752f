// RUN: plexus run %s called
// RUN: plexus run %s called --interpret
// RUN: plexus run %s stated
// RUN: plexus run %s room
// What is required of a count is checked when the data has told it: in a body, in what it calls, and in an experiment.
axis n = 4
fn two[k](x: [k]) -> [] {
  require #k >= 2, "two at least"
  sum[k](x)
}
fn above[n](x: [n]) -> [] {
  axis kept <= #n
  two[kept](x[n: filter[n -> kept](x > 2)])
}
fn joined[n](x: [n]) -> [] {
  axis kept <= #n, both <= 5
  sum[both](concat[kept, n -> both](x[n: filter[n -> kept](x > 0)], x))
}
experiment called() {
  print(above[n](real(n + 1)))
  print(above[n](real(n)))
}
experiment stated() {
  axis kept <= #n
  let i = filter[n -> kept](n > 2)
  require #kept mod 2 == 0, "pairs"
  print(i)
}
experiment room() {
  axis kept <= #n, both <= 6
  let i = filter[n -> kept](n > 0)
  print(joined[n](real(n) - 2))
  print(concat[kept, n -> both](i, n))
}
