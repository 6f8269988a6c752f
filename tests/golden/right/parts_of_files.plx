// RUN: plexus test %s --out %t/files
// A model is loaded from a file that holds more, a part from a whole, under other names; records hold models.
use nn
axis in = 3, hidden = 4, out = 2

block Net[a -> b](x: [a]) -> [b] {
  x |> Linear[a -> hidden] as lift |> tanh |> Linear[hidden -> b] as read
}

test "parts" {
  var one = Net[in -> out]
  var other = Net[in -> out]
  let x = values[in](1.0, -2.0, 0.5)
  save((net: one, scale: f32(3), bias: values[out](1.0, 2.0)), "whole.safetensors")
  let whole: (net: Net[in -> out], scale: f32[], bias: f32[out]) = load("whole.safetensors")
  expect all(whole.net(x) == one(x)) and whole.scale == 3 and sum(whole.bias) == 3, "a record with a model in it"
  let net: Net[in -> out] = load("whole.safetensors", part: "net")
  expect all(net(x) == one(x)), "one part of a file"
  other.lift = load("whole.safetensors", part: "net.lift")
  expect all(other.lift(x) == one.lift(x)) and not all(other.read.w == one.read.w), "a part of a model"
  other = load("whole.safetensors", part: "net")
  expect all(other(x) == one(x)), "the type of a variable says what is loaded"
  save(one.lift, "lift.safetensors")
  let layer: Linear[in -> hidden] = load("lift.safetensors")
  expect all(layer(x) == one.lift(x)), "a part saved alone"
  save((fc1: (weight: one.lift.w, bias: one.lift.b), head: one.read), "foreign.safetensors")
  let renamed: Net[in -> out] = load("foreign.safetensors", rename: (lift: (w: "fc1.weight", b: "fc1.bias"), read: "head"))
  expect all(renamed(x) == one(x)), "names of another program"
}

test "tables" {
  axis row = 2, col = 3, pixel
  let t: i32[row, col] = i32(col + 3 * row)
  save(t, "t.npy")
  save(t, "t.idx")
  save((t: t, u: f32(t)), "t.npz")
  save((a: t[row: 0], b: f64(t[row: 1]) / 3), "t.csv")
  let npy: i32[row, col] = load("t.npy")
  let idx: i32[row, col] = load("t.idx")
  let npz: (u: f32[row, col], t: i32[row, col]) = load("t.npz")
  let csv: (a: i32[col], b: f64[col]) = load("t.csv")
  expect all(npy == t) and all(idx == t) and all(npz.t == t) and all(npz.u == t), "arrays come back"
  expect all(csv.a == t[row: 0]) and all(csv.b == f64(t[row: 1]) / 3), "columns come back"
  let merged: f32[(row, col) -> pixel] = load("t.npy")
  print(#pixel, merged)
}

test "named columns" {
  axis pair = 2, rest, side = (left, right), less, more, five = 5
  let x: (id: i64[rest], at: f64[rest, pair]) = load("data/named.csv", columns: (at: ("right", "left")))
  print(x)
  let y: f64[less, side] = load("data/named.csv", columns: ("left", "right"))
  print(y)
  let z: f64[more, five] = load("data/named.csv")
  print(z)
}
