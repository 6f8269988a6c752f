// RUN: plexus check %s
experiment e() {
  let name = "a text that goes on
  print(name)
}
