// RUN: plexus run %s
experiment e() {
  expect 1 + 1 == 3, "sums are odd"
}
