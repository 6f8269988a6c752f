// RUN: plexus run %s
fn f(x: []) -> [] {
  let a = x; let b = a
    + 1
  let c = (a
           - b)
  b
    |> exp
    |> log
}
experiment e() {
  expect all(abs(f(2.0) - 3) < 1e-6), "a line that begins with an operator goes on"
}
