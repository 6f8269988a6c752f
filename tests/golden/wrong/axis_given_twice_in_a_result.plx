// RUN: plexus check %s
// Two axes of the header are one outside: nothing passes by.
axis a = 3, b = 2
fn outer[n, m](x: [n], y: [m]) -> [n, m] { x[+m] * y }
fn pick[n, m, k: int](x: [n], y: [m]) -> [n, m] { x[+m] * y + real(k) }
fn three[k, n, m](x: [k], y: [n], z: [m]) -> [k, n, m] { x[+n, +m] * (y[+m] * z)[+k] }
fn p() -> [a] { sum[a'](outer[a, a](ones[a], ones[a])) }
fn q() -> [a] { sum[a'](pick[a, a, 2](ones[a], ones[a])) }
fn r() -> [b, a] { sum[a'](three[b, a, a](ones[b], ones[a], ones[a])) }
