// RUN: plexus check %s
// A template's body is evaluated at each use: what it requires is asked of the caller, in the library and here.
axis n = 5, h = 2, mode = 4, t = 3, f = 5
fn pairs[n -> h](x) {
  require #h * 2 == #n, "pairs need an even number"
  x[n: 2 * h]
}
experiment e() {
  print(pairs[n -> h](ones[n]))
  print(eigvals[t -> mode](real(t == t')))
  print(rfft[t -> f](real(t)))
}
