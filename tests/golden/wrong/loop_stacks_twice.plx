// RUN: plexus check %s
axis n = 3
fn f(x: [n]) -> [n] {
  let r = for i in n { yield x * x[n: i] }
  sum[n](r)[+n]
}
