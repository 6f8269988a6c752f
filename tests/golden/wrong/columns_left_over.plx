// RUN: plexus run %s
axis pair = 2
experiment read() {
  axis row
  let data: (x: f32[row, pair]) = load("data/wide.csv")
  print(data.x)
}
