// RUN: plexus test %s --out %t/files
use nn
axis in = 3, out = 2, wide = 5
test "a part that is not there" {
  let net = Linear[in -> out]
  save(net, "net.safetensors")
  let other: Linear[in -> out] = load("net.safetensors", part: "head")
}
test "a part of another size" {
  let net = Linear[in -> out]
  save(net, "net.safetensors")
  let other: Linear[in -> wide] = load("net.safetensors")
}
test "what a file cannot hold" {
  save(ones[in, out], "x.jpg")
}
test "two tensors for one" {
  save((a: ones[in], b: ones[in]), "x.npy")
}
test "whole numbers of 64 bits in an idx file" {
  let x = values[in](1, 2, 3)
  save(x, "x.idx")
}
