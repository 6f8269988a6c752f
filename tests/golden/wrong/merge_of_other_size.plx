// RUN: plexus check %s
axis row = 2, col = 3, pixel = 7
experiment e() {
  let x: f32[(row, col) -> pixel] = load("x.npy")
  let y: f32[(row, col) -> pixel] = ones[row]
}
