// RUN: plexus test %s --out %t/x
// `prod mean norm flatten` of complex numbers, under guards, over other axes, in a model; and their derivatives.
axis n = 4, r = 2, q = 6

block Turned[n](x: c64[n]) -> c64[n] {
  param w: c64[n] = complex(normal[n], normal[n] as im)
  param bias: [r] = ones
  w * x + complex(sum(bias), 0.0)
}

test "values" {
  let z = complex(real(n)[+r] + real(r), 1.0)
  let one = complex(1.0, 0.0)
  expect all(mean[r](z) == complex(real(n) + 0.5, 1.0)), "mean"
  expect max(abs(norm[r](z) - sqrt(sum[r](abs(z) ^ 2)))) < 1e-12, "norm"
  expect all(prod[r](z) == z[r: 0] * z[r: 1]) and prod(z[r: 0]) == complex(-10.0, 0.0), "prod"
  expect all(prod[n where n > 1](z) == z[n: 2] * z[n: 3]), "prod keeps to a guard"
  expect all(mean[n where n > 1](z) == 0.5 * (z[n: 2] + z[n: 3])), "mean, too"
  let none = prod[n where n > 9](z)
  expect all(none == one), "of nothing: one"
}

test "derivatives" {
  let z = complex(real(n), 1.0)
  let g = grad((w: c128[n]) => real(prod(w)))(z)
  let others = prod[n where n != 1](z)
  expect abs(g[n: 1] - conj(others)) < 1e-12, "of a product: the conjugate of the other factors"
  let u = grad((w: c128[n]) => norm(w))(z)
  expect max(abs(u - z / norm(z))) < 1e-12, "of a norm"
  expect norm(grad((w: c128[n]) => norm(w))(0 * z)) == 0, "at 0"
}

test "models" {
  let net = Turned[n]
  let v = flatten[q](net)
  expect count(net) == 6 and v[q: 0] == net.w[n: 0] and v[q: 5] == complex(1.0, 0.0), "along one axis"
  let back = unflatten[q](2 * v, like: net)
  expect all(back.w == 2 * net.w) and all(back.bias == 2), "and back"
  expect abs(norm(net) - sqrt(norm(net.w) ^ 2 + 2)) < 1e-6, "over all that it holds"
}
