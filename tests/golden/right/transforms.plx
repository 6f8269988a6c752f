// RUN: plexus run %s
// Fourier transforms of any length against the sum that they are, and what is made of them.
fn slow[t -> f](x: c128[t]) -> c128[f] {
  require #f == #t
  let angle = 2 * pi * real((t * f) mod #t) / #t
  complex(cos(angle), 0 - sin(angle)) @[t] x
}

fn check[t](shift: []) -> bool[] {
  axis f = #t, half = #t div 2 + 1
  let x = f64(sin(shift + 3 * real(t) ^ 2))
  let z = complex(x, cos(real(t) ^ 2))
  let cosine = (if f == 0 then sqrt(1 / #t) else sqrt(2 / #t)) * (cos(pi * real(f * (2 * t + 1)) / (2 * #t)) @[t] x)
  let y = dct[t -> f](x)
  let (exact, small) = (1e-13 * (1 + #t), 1e-11 * (1 + #t))
  all(abs(fft[t -> f](z) - slow[t -> f](z)) < small) and all(abs(ifft[f -> t](fft[t -> f](z)) - z) < exact) and
    all(abs(rfft[t -> half](x) - fft[t -> f](x)[f: clamp(half)]) == 0) and
    all(abs(irfft[half -> t](rfft[t -> half](x)) - x) < exact) and
    all(abs(y - cosine) < small) and all(abs(idct[f -> t](y) - x) < exact) and
    abs(idct[f -> t](x[t -> f]) @[t] x - x[t -> f] @[f] y) < small
}



experiment main() {
  axis batch = 3, t = 24, f = 24, half = 13, w = 8, frame = 5, low = 5
  expect check[1](1.0) and check[2](1.0) and check[3](1.0) and check[4](1.0) and check[5](1.0) and check[6](1.0) and check[8](1.0), "small lengths"
  expect check[16](1.0) and check[37](1.0) and check[60](1.0) and check[97](1.0) and check[128](1.0) and check[143](1.0), "composite and prime ones"
  expect check[1000](1.0) and check[1009](1.0), "large ones"
  let x = f64(normal[batch, t])
  let z = complex(x, f64(uniform[batch, t]))
  let y = fft[t -> f](z)
  expect abs(sum[batch, f](abs(y) ^ 2) / 24 - sum[batch, t](abs(z) ^ 2)) < 1e-11, "Parseval, for each position of the batch"
  expect all(abs(c128(fft[t -> f](c64(z))) - y) < 1e-5), "in c64"
  expect all(abs(fft[t -> f](f32(x)) - c64(fft[t -> f](x))) < 1e-5), "of what is real"
  // a convolution around the circle
  let kernel = f64(normal[t])
  let slow_way = x[t -> f] @[f] kernel[t: wrap(t - f)]
  expect all(abs(real(ifft[f -> t](fft[t -> f](x) * fft[t -> f](kernel))) - slow_way) < 1e-12), "a convolution is a product"
  let window = f64(hann[w]())
  let spectra = stft[t, w -> frame, low](x, window, 4)
  print(abs(sum[frame](spectra))[batch: 0])
  let back = istft[frame, low, w -> t](spectra, window, 4)
  expect all(if t == 0 then true else abs(back - x) < 1e-12), "frames overlap to the signal again"
  // derivatives
  let loss = (u: f64[t]) => sum[half](abs(rfft[t -> half](u * u)) ^ 2)
  let u = x[batch: 0]
  let g = grad(loss)(u)
  let naive = (u: f64[t]) => sum[half](abs(slow[t -> f](c128(u * u))[f: clamp(half)]) ^ 2)
  expect all(abs(g - grad(naive)(u)) < 1e-9), "a gradient as that of the sum"
  expect all(abs(hvp(loss, u, u) - hvp(naive, u, u)) < 1e-8), "and the second derivative"
  let (same, along) = jvp(loss, u, u)
  expect abs(along - sum[t](g * u)) < 1e-9, "forward as in reverse"
  let gz = grad((z: c128[t]) => sum[f](abs(fft[t -> f](z)) ^ 2))(z[batch: 1])
  expect all(abs(gz - 48 * z[batch: 1]) < 1e-10), "with respect to a complex signal"
}
