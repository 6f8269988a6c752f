// RUN: plexus check %s
axis h = 7, p = 3

experiment e() {
  let x = 10 * h
  print(x[h: values[p](0, 7, 3)])
}
