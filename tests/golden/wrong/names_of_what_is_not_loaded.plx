// RUN: plexus check %s
axis n = 4, m = 3
block Lift(x: [n]) -> [m] {
  param w: [n, m] = zeros
  param b: [m] = zeros
  x @[n] w + b
}
block Net(x: [n]) -> [m] { x |> Lift[] as lift }
experiment renamed() {
  let net: Net = load("net.safetensors", rename: (lift: (w: "fc1.weight", v: "fc1.bias")))
  print(norm(net))
}
experiment by_column() {
  axis row
  let data: (height: f32[row]) = load("data/wide.csv", columns: (heigth: "x_0"))
  print(data.height)
}
