// RUN: plexus run %s
// Arithmetic, functions, sums, indices, loops, files of complex numbers; parts of each other's width.
use nn
axis n = 5, m = 3

fn near(a: c128[], b: c128[]) -> bool[] { abs(a - b) <= 1e-12 * (1 + abs(b)) }

/// z^k by repeated products: a loop that carries a complex number.
fn power(z: c128[], k: i64[]) -> c128[] {
  var p: c128[] = 1
  for i in 0..6 { p = if i < k then p * z else p }
  p
}

experiment main() {
  print(complex(1, -2))
  print(c64(complex(values[m](1, 2, 3), values[m](0.5, 0, -1))))
  print(complex(3, 4) * complex(0, 1))
  print(abs(complex(3, 4)))
  print(complex(1, 2) == complex(1, 2))
  let z = c128(complex(normal[n] as re, normal[n] as im))
  let w = c128(complex(normal[n] as u, normal[n] as v))
  expect all(near(complex(real(z), imag(z)), z)) and all(near(conj(conj(z)), z)), "parts"
  expect all(near(z * w / w, z)) and all(near(z / w, z * conj(w) / (abs(w) * abs(w)))), "products and quotients"
  expect all(near((z + w) - w, z)) and all(near(-z, 0 - z)) and all(near(2 * z - z, z)), "sums"
  expect all(near(exp(log(z)), z)) and all(near(exp(z + w), exp(z) * exp(w))), "exponentials"
  expect all(near(sqrt(z) * sqrt(z), z)) and all(real(sqrt(z)) >= 0), "roots"
  expect all(near(sin(z) * sin(z) + cos(z) * cos(z), 1)) and all(near(cosh(z) * cosh(z) - sinh(z) * sinh(z), 1)), "circles"
  expect all(near(abs(z) * exp(complex(0, 1) * arg(z)), z)), "polar"
  expect all(near(z ^ 3, z * z * z)) and all(near(z ^ w, exp(w * log(z)))) and all(near(z ^ 0.5, sqrt(z))), "powers"
  expect all(near(power(z, 4), z * z * z * z)), "loops carry them"
  expect all(near(if real(z) > 0 then z else conj(z), complex(real(z), if real(z) > 0 then imag(z) else 0 - imag(z)))), "choices"
  expect near(sum[n](z), complex(sum[n](real(z)), sum[n](imag(z)))), "a sum"
  expect near(z @[n] w, sum[n](z * w)) and near(z @[n] real(w), sum[n](z * real(w))), "contractions"
  expect all(near(z[n: clamp(n + 1)], complex(real(z)[n: clamp(n + 1)], imag(z)[n: clamp(n + 1)]))), "indices"
  expect all(near(cumsum[n](z)[n: 4], sum[n](z))), "running sums"
  let a: c128[n, m] = z[+m] * complex(real(m), 1)
  expect all(near(sum[n where n < 3](a), complex(sum[n where n < 3](real(a)), sum[n where n < 3](imag(a))))), "guards"
  expect all(near(sum[n -> m: wrap(values[n](0, 1, 0, 1, 1))](z), complex(sum[n -> m: wrap(values[n](0, 1, 0, 1, 1))](real(z)), sum[n -> m: wrap(values[n](0, 1, 0, 1, 1))](imag(z))))), "segments"
  expect abs(complex(0, 0)) == 0 and abs(abs(complex(3e200, 4e200)) / 5e200 - 1) < 1e-15 and abs(abs(complex(3e-200, 4e-200)) / 5e-200 - 1) < 1e-15, "sizes of all sizes"
  expect sqrt(complex(-4, 0)) == complex(0, 2) and sqrt(complex(0, 0)) == 0, "the branch"
  expect all(isfinite(z)) and not isfinite(complex(inf, 0)) and isnan(complex(0, nan)), "tests"
  expect c64(z)[n: 0] * real(0.5) != 0, "widths"
  save(z, "z.npy")
  save((z: z, w: c64(w)), "both.npz")
  let back: c128[n] = load("z.npy")
  let both: (z: c128[n], w: c64[n]) = load("both.npz")
  expect all(back == z) and all(both.z == z) and all(both.w == c64(w)), "files hold every bit"
}
