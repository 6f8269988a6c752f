// RUN: plexus run %s
fn total(x) { sum(x) }
axis a = 2, b = 3
experiment e() {
  expect total(ones[a, b]) == 6, "nothing is lifted over a parameter without a type"
}
