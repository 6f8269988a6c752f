// RUN: plexus run %s
// `stack` puts tensors side by side along an axis that they have not; `same[a](…)` draws once along an axis, whether that
// is the body's own or one lifted over.
axis op = 3, i = 2, member = 3, vocab = 5
block Noisy[n](x: [n]) -> [n] {
  x + normal[n]
}
block Masked(x: []) -> [] {
  x * real(bernoulli(0.5))
}
experiment main() {
  print(stack[op](real(i), 10, real(i) * 2), stack[op](1, 2, 3))
  let word = argmax[vocab](real(vocab * i mod 3))
  let both = stack[i](word[i: 0], word[i: 1])
  print(real(10 * vocab)[vocab: both])
  print(grad((x: [i]) => sum[op, i](stack[op](x, x * x, 3.0) * real(op + 1)))(real(i + 1)))

  let x = zeros[member, i]
  let free = Noisy[i](x)
  let tied = same[member](Noisy[i](x) as noisy)
  let flat = same[member, i](Noisy[i](x) as flat)
  expect any(free[member: 0] != free[member: 1]), "a draw for each member"
  expect all(tied == tied[member: 0][+member]) and any(tied[i: 0] != tied[i: 1]), "one for all of them"
  expect all(flat == flat[member: 0, i: 0][+member, +i]), "along the body's own axis too"
  let direct = same[member](normal[member, i])
  expect all(direct == direct[member: 0][+member]) and any(direct[i: 0] != direct[i: 1]), "on the spot"
  axis many = 64
  let mask = same[member](Masked(ones[member, many]))
  expect all(mask == mask[member: 0][+member]) and sum[many](mask[member: 0]) > 0, "a mask for all members"
}
