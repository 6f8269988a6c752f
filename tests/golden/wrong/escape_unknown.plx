// RUN: plexus check %s
experiment e() {
  print("one\qtwo")
}
