// RUN: plexus check %s
// Two axes of one argument are bound to one; of the instance's own parameter that is legal.
axis v = 3
fn k[n, m](x: [n], w: [n, m]) -> [m] { x @[n] w }
block B[n, m](x: [n]) -> [m] { param w: [n, m] = ones; x @[n] w }
experiment main() {
  print(B[v, v](ones[v]))
  print(k[v, v'](ones[v], ones[v, v']))
  print(k[v, v](ones[v], ones[v]))
}
