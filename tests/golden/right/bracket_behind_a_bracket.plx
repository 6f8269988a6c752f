// RUN: plexus run %s
// A bracket behind that of a constant, a draw or a function without parameters acts on the tensor.
axis a = 2, b = 3, c = 3
fn ramp[k](by: real) -> [k] { by * real(k) }
fn count_of[i, j]() -> [i, j] { real(10 * i + j) }
experiment e() {
  print(ones[a, b][b -> c], zeros[a][a: 1], (ones[a, b])[b: 0])
  print(values[a, b](1, 2, 3, 4, 5, 6)[a: 1])
  print(count_of[a, b][a: 1], count_of[a, b][b -> c][c: 2])
  print(ramp[b](2.0)[b -> c])
  let z = normal[a, b][a: 0]
  print(sum(z[b -> c] - z[b -> c]))
  print(one_hot[a](values[b](0, 1, 0))[a: 1])
}
