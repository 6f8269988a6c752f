// RUN: plexus run %s
// A field without an axis of its own takes the column that is named for it.
experiment read() {
  axis row
  let data: (a: f32[row]) = load("data/named.csv", columns: (a: "left"))
  print(data.a)
}
