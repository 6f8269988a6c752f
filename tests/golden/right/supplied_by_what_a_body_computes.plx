// RUN: plexus run %s
// What a body supplies from a call to a part of its own is no input of the program that makes the model.
use nn
axis a = 2, b = 2
block Shaped(x: []) -> [] {
  let y = real(a) |> Linear[a -> b] with (w: relu(real(a + b))[a -> ins, b -> outs], b: 0)
  sum(y) * x
}
experiment e() {
  let net = Shaped[]
  expect net(2.0) == 6, "(1 + 2) * 2"
}
