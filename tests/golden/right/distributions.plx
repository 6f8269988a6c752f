// RUN: plexus run %s --seed 3
// The gamma function with its derivatives; draws of gamma, beta and truncated normal variables: their means, that they
// move with their parameters, and that only the seed, the name and the position decide.
axis many = 20000, k = 3
experiment main() {
  print(lgamma(values[k](0.5, 3, 10)), digamma(2), lgamma(4), erfcinv(0.3))
  expect abs(grad(grad(grad(lgamma)))(f64(1.0)) + 2.4041138063191885) < 1e-12, "the third derivative at 1 is -2 zeta(3)"
  let shape = values[k](0.3, 1, 30)
  let x = gamma[many](shape)
  expect all(abs(mean[many](x) - shape) < 0.02 * shape) and all(abs(var[many](x) - shape) < 0.05 * shape), "gamma"
  let y = beta[many](shape, 2)
  expect all(abs(mean[many](y) - shape / (shape + 2)) < 0.01), "beta"
  let low = values[k](-1, 6, -inf)
  let high = values[k](2, 7, -5)
  let z = truncated_normal[many](low, high)
  expect all(abs(mean[many](z) - values[k](0.2296, 6.1569, -5.1865)) < 0.01), "truncated normal"
  expect all(z >= low) and all(z <= high), "inside"

  axis few = 50, member = 2
  let f = (a: []) => sum[few](sin(gamma[few](a) as one) + (beta[few](a, 2 * a) as two) + (truncated_normal[few](-a, 1.0) as three))
  let at = f64(values[k](0.4, 2, 9))
  let h = 1e-5
  let slope = (f(at + h) - f(at - h)) / (2 * h)
  let bend = (grad(f)(at + h) - grad(f)(at - h)) / (2 * h)
  expect all(abs(grad(f)(at) - slope) < 1e-6 * (1 + abs(slope))), "they move with their parameters"
  expect all(abs(grad(grad(f))(at) - bend) < 1e-6 * (1 + abs(bend))), "to any order"
  let tiny = gamma[few](full[member](1e-4))
  expect all(tiny >= 0) and any(tiny[member: 0] != tiny[member: 1]), "each position draws for itself"
}
