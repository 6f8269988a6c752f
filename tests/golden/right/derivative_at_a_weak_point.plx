// RUN: plexus run %s
// The derivative at a literal is as weak as the literal: it takes the width that it meets.
axis a = 2
experiment e() {
  var s = f32(real(a))
  let (y, g) = value_and_grad((v: []) => v * v)(3.0)
  let (z, t) = jvp((v: []) => v * v, 3.0, 1.0)
  s = s + g + t
  s[a: 1] = grad((v: []) => v * v)(0.5)
  expect all(s == values[a](12, 1)), "in f32"
}
