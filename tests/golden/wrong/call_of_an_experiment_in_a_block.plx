// RUN: plexus check %s
experiment e() { print(1) }
block B(x: []) -> [] {
  e()
  x
}
