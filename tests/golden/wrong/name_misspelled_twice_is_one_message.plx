// RUN: plexus check %s
fn f[n](first: [n], second: [n]) -> [n] {
  let sum_of = frst + second
  sum_of * frst
}
