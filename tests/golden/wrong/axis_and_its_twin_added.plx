// RUN: plexus check %s
fn f[n](x: [n], m: [n, n']) -> [n, n'] {
  let y = m @[n] x
  x + y
}
