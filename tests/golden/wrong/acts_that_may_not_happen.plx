// RUN: plexus check %s
experiment width() {
  8
}

experiment e(narrow: bool = true) {
  let a = if narrow then width() else 4
  let b = 1 + print(2)
  print(a, b)
}
