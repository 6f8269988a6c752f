// RUN: plexus run %s
axis n = 4
experiment read() {
  let x: (w: f32[n]) = load("data/text.safetensors")
  print(x.w)
}
