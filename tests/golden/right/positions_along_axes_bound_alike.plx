// RUN: plexus run %s
// Positions along one axis of a header, laid out along another, where the caller has one axis for both.
axis a = 3
fn pick[k, m](x: [m], i: m[k]) -> [k] { x[m: i] }
fn tally[k, m](i: m[k]) -> [m] { sum[k -> m: i](ones[k]) }
experiment e() {
  let i = a((a + 1) mod #a)
  print(pick[a, a](real(10 * a), i), tally[a, a](a(min(a, 1))))
}
