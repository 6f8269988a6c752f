// RUN: plexus run %s
// The derivative of a real number by z = x + iy is d/dx + i d/dy: that by two real arguments, as one complex number.
axis n = 4, m = 3

/// Everything that complex numbers can, as a real number.
fn all_of(z: c128[n]) -> f64[] {
  let w = exp(z / 3) * sin(z) + cos(z) / (z + 3) - sqrt(z + complex(2.5, 0.5)) * log(z + 4) + sinh(z) - cosh(z / 2)
  let p = z ^ 2 + (z + 3) ^ complex(0.5, 0.25) + conj(z) * complex(1, 2)
  let s = sum[n](w * p) + z @[n] conj(w)
  real(s) + 2 * imag(s) + abs(s) + sum[n](abs(z)) + arg(s + 20) + sum[n](cumsum[n](real(z)))
}

fn by_parts(x: f64[n], y: f64[n]) -> f64[] { all_of(complex(x, y)) }

fn quotient(x: f64[n], y: f64[n], e: f64[n]) -> c128[] {
  let h = 2 * sum[n](e)
  complex((by_parts(x + e, y) - by_parts(x - e, y)) / h, (by_parts(x, y + e) - by_parts(x, y - e)) / h)
}

fn mixed(z: c128[n]) -> c128[m] {
  (z[+m] * complex(real(m) + 1, 2) + conj(z[+m]) * real(n - m)) @[n] exp(z)
}

/// <T u, v> and <u, T' v>, T the derivative of `mixed` at z; the real inner product.
fn both_sides(z: c128[n], u: c128[n], v: c128[m]) -> (f64[], f64[]) {
  let (value, back) = vjp(mixed, z)
  let (same, forth) = jvp(mixed, z, u)
  (real(sum[m](conj(forth) * v)), real(sum[n](conj(u) * back(v))))
}

experiment main() {
  let x = f64(normal[n])
  let y = f64(normal[n])
  let z = complex(x, y)
  let g = grad(all_of)(z)
  let difference = quotient(x, y, 1e-5 * f64(eye[n, n']()))[n' -> n]
  expect all(abs(g - difference) < 1e-6 * (1 + abs(g))), "the gradient against differences"
  let gx = grad((x: f64[n]) => by_parts(x, y))(x)
  let gy = grad((y: f64[n]) => by_parts(x, y))(y)
  expect all(abs(g - complex(gx, gy)) < 1e-12 * (1 + abs(g))), "and against the derivatives by the parts"
  expect all(abs(grad((z: c128[n]) => sum[n](abs(z) * abs(z)))(z) - 2 * z) < 1e-12), "of |z|^2: 2 z"
  expect all(abs(grad((z: c128[n]) => sum[n](real(z * z * z)))(z) - conj(3 * z * z)) < 1e-12 * 30), "of re f(z): the conjugate of f'"
  let u = complex(normal[n] as re, normal[n] as im)
  let (value, along) = jvp(all_of, z, u)
  expect abs(along - real(sum[n](conj(g) * u))) < 1e-11 * (1 + abs(along)), "forward mode: re <g, u>"
  let hu = hvp(all_of, z, u)
  let h = 1e-5
  let slope = (grad(all_of)(z + h * u) - grad(all_of)(z - h * u)) / (2 * h)
  expect all(abs(hu - slope) < 1e-5 * (1 + abs(hu))), "a Hessian times a vector"
  let v = complex(normal[m] as a, normal[m] as b)
  let (left, right) = both_sides(z, u, v)
  expect abs(left - right) < 1e-12 * (1 + abs(left)), "<T u, v> = <u, T' v>, the real inner product"
  expect all(abs(grad((z: c128[n]) => sum[n](abs(z - stop(z))))(z)) == 0), "of the size at 0: 0"
}
