// RUN: plexus check %s
experiment e() {
  let data = load("data/small.csv")
  print(data)
}
