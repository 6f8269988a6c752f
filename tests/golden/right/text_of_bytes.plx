// RUN: plexus run %s
experiment e() {
  axis n = 5
  print(text(values[n](104, 101, 108, 108, 111)))
}
