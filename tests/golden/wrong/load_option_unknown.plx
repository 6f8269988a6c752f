// RUN: plexus check %s
axis in = 3
experiment e() {
  let x: f32[in] = load("x.npy", colums: "a")
}
