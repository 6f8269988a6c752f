// RUN: plexus test %s --out %t/x
// Records and tuples of tensors are vectors: sums, multiples, norms, inner products, derivatives, leaf by leaf.
axis n = 4, m = 2

fn energy(p: (a: [n], b: ([m], []))) -> [] {
  let (u, v) = p.b
  sum(p.a * p.a) + sum(u * u) * v
}

test "a vector space" {
  let a = (a: real(n), b: (real(m), 2.0))
  let b = (a: 2 * real(n), b: (3 * real(m), 5.0))
  let c = 0.5 * a + 0.5 * b
  let (u, v) = c.b
  expect all(c.a == 1.5 * real(n)) and all(u == 2 * real(m)) and v == 3.5, "sums and multiples"
  expect norm(a) == sqrt(19.0) and sum(a * b) == 41, "norm and inner product are over all that they hold"
  expect norm(0 * a) == 0 and norm(a - a) == 0 and norm(-a / 2) == norm(a) / 2, "zero, and the way there"
  let (x, y) = ((real(n), 2.0), (2 * real(n), 3.0))
  expect norm(x - y) == sqrt(15.0) and sum(map((z) => z * z, x)) == 18, "tuples, too"
}

test "derivatives" {
  let a = (a: real(n), b: (real(m), 2.0))
  let d = (a: 2 * real(n), b: (3 * real(m), 5.0))
  let (l, g) = value_and_grad(energy)(a)
  let (e, slope) = jvp(energy, a, d)
  let (z, back) = vjp(energy, a)
  expect l == 16 and all(g.a == 2 * a.a), "a gradient is a record"
  expect slope == sum(g * d) and norm(back(1.0) - g) == 0, "along a record, and back"
  let (p, q) = hvp(energy, a, d).b
  expect all(p == 22 * real(m)) and q == 6, "a Hessian times a record"
}
