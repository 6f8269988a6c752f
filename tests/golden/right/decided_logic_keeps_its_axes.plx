// RUN: plexus run %s
// What is known of one side of `and` and `or` does not take the other side's axes away.
axis a = 2
fn any_way(x: [a]) -> bool[a] { x > 0 or true }
fn no_way(x: [a]) -> bool[a] { x > 0 and false }
fn total(x: [a]) -> [] { sum[a where x > 0 or true](x) }
experiment e() {
  let x = real(a)
  print(any_way(x), no_way(x), total(x))
  expect all[a](any_way(x)) and not any[a](no_way(x)), "they reduce"
}
